import { type ReactNode, useState } from 'react';
import type { Switches } from '#contract/switches.ts';
import { providerLabel } from '#domain/provider/provider.ts';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { Toggle } from '#web/components/toggle.tsx';
import { formatMoment } from '#web/format/moment.ts';
import { useSetSwitches } from '../api/use-switches.ts';

/** Switches for new generations and for each provider. A change applies within a second. */
export function SwitchPanel({ switches }: { readonly switches: Switches }) {
  const { newGenerations, provider } = useSetSwitches();
  const busy = newGenerations.isPending || provider.isPending;
  const { paused, changedAt } = switches.newGenerations;
  const [confirming, setConfirming] = useState(false);
  return (
    <div className="grid gap-8">
      <section aria-labelledby="new_generations">
        <h3 id="new_generations" className="border-b border-line pb-2 text-14">
          New generations
        </h3>
        <SwitchRow
          note={paused ? 'New generations are paused. Admitted ones continue.' : 'New generations are accepted.'}
          changedAt={changedAt}
        >
          <Toggle
            checked={!paused}
            disabled={busy}
            onChange={(open) => (open ? newGenerations.mutate(false) : setConfirming(true))}
          >
            Accept new generations
          </Toggle>
        </SwitchRow>
        {confirming && (
          <ConfirmDialog
            title="Pause new generations?"
            message="Nobody can start a generation until you resume them. Admitted ones continue."
            action="Pause new generations"
            onConfirm={() => newGenerations.mutate(true)}
            onClose={() => setConfirming(false)}
          />
        )}
      </section>
      <section aria-labelledby="providers">
        <h3 id="providers" className="border-b border-line pb-2 text-14">
          Providers
        </h3>
        {switches.providers.map(({ name, enabled, configured, ...changed }) => (
          <SwitchRow key={name} note={providerNote(enabled, configured)} changedAt={changed.changedAt}>
            <Toggle checked={enabled} disabled={busy} onChange={(next) => provider.mutate({ name, enabled: next })}>
              {providerLabel(name)}
            </Toggle>
          </SwitchRow>
        ))}
      </section>
    </div>
  );
}

interface SwitchRowProps {
  readonly note: string;
  readonly changedAt: string | null;
  readonly children: ReactNode;
}

function SwitchRow({ note, changedAt, children }: SwitchRowProps) {
  return (
    <div className="items-center justify-between gap-x-4 border-b border-line py-2 sm:flex">
      {children}
      <p className="text-13 text-ink-3 max-sm:pl-12 sm:text-right">
        {note}
        {changedAt && ` Set ${formatMoment(changedAt)}.`}
      </p>
    </div>
  );
}

function providerNote(enabled: boolean, configured: boolean): string {
  if (!configured) return 'No API key is configured, so it is not used.';
  return enabled ? 'In use.' : 'Not used. Images it is already generating are still collected.';
}
