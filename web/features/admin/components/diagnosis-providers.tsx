import type { Diagnosis } from '#contract/diagnosis.ts';
import { providerLabel } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURE_LABELS } from '#domain/provider/provider-failure.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';

type Provider = Diagnosis['providers'][number];

const COLUMNS = [
  { title: 'Provider', cell: ({ name }: Provider) => providerLabel(name) },
  { title: 'State', cell: stateOf },
  { title: 'Succeeded', number: true, cell: ({ recent }: Provider) => formatCount(recent.succeeded) },
  { title: 'Failed', number: true, cell: ({ recent }: Provider) => formatCount(recent.failed) },
  {
    title: 'Last failure',
    wide: true,
    cell: ({ recent }: Provider) => (recent.lastFailure ? PROVIDER_FAILURE_LABELS[recent.lastFailure] : ''),
  },
];

/** Each provider's state, and its outcomes in the last 15 minutes. */
export function DiagnosisProviders({ providers }: { readonly providers: readonly Provider[] }) {
  return (
    <section aria-labelledby="providers" className="min-w-0">
      <h3 id="providers" className="text-14">
        Providers, last 15 minutes
      </h3>
      <DataTable caption="Providers" columns={COLUMNS} rows={providers} rowKey={({ name }) => name} />
    </section>
  );
}

function stateOf({ configured, enabled, pausedUntil }: Provider): string {
  if (!configured) return 'no API key';
  if (!enabled) return 'disabled';
  return pausedUntil ? `paused until ${formatMoment(pausedUntil)}` : 'ready';
}
