import type { ReactNode } from 'react';
import type { Switches } from '#contract/admin.ts';
import { Toggle } from '#web/components/toggle.tsx';
import { formatMoment } from '#web/format/moment.ts';
import { useSetSwitches } from '../api/use-switches.ts';
import { PROVIDER_LABELS } from '../labels.ts';

/** Whether the studio takes new generations, and who paints. What is pressed becomes true within a second. */
export function SwitchPanel({ switches }: { readonly switches: Switches }) {
  const { newGenerations, provider } = useSetSwitches();
  const busy = newGenerations.isPending || provider.isPending;
  const { paused, changedAt } = switches.newGenerations;
  return (
    <div className="grid gap-8">
      <section aria-labelledby="new_generations">
        <h3 id="new_generations" className="border-b border-line pb-2 text-14">
          Intake
        </h3>
        <Line
          note={paused ? 'Nobody can start anything; what was admitted goes on.' : 'New generations are taken.'}
          changedAt={changedAt}
        >
          <Toggle checked={!paused} disabled={busy} onChange={(open) => newGenerations.mutate(!open)}>
            Take new generations
          </Toggle>
        </Line>
      </section>
      <section aria-labelledby="painters">
        <h3 id="painters" className="border-b border-line pb-2 text-14">
          Providers
        </h3>
        {switches.providers.map(({ name, enabled, configured, ...changed }) => (
          <Line key={name} note={providerNote(enabled, configured)} changedAt={changed.changedAt}>
            <Toggle checked={enabled} disabled={busy} onChange={(next) => provider.mutate({ name, enabled: next })}>
              {PROVIDER_LABELS[name]}
            </Toggle>
          </Line>
        ))}
      </section>
    </div>
  );
}

interface LineProps {
  readonly note: string;
  readonly changedAt: string | null;
  readonly children: ReactNode;
}

function Line({ note, changedAt, children }: LineProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-2">
      {children}
      <p className="text-13 text-ink-3">
        {note}
        {changedAt && ` Set ${formatMoment(changedAt)}.`}
      </p>
    </div>
  );
}

function providerNote(enabled: boolean, configured: boolean): string {
  if (!configured) return 'There is no key for it here: it is never asked.';
  return enabled ? 'It is asked.' : 'It is not asked; what it paints already is still collected.';
}
