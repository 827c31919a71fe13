import type { Diagnosis } from '#contract/diagnosis.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatMoment } from '#web/format/moment.ts';
import { PROVIDER_FAILURE_LABELS, PROVIDER_LABELS } from '../labels.ts';

type Painter = Diagnosis['providers'][number];

const COLUMNS = [
  { title: 'Provider', cell: ({ name }: Painter) => PROVIDER_LABELS[name] },
  { title: 'State', cell: stateOf },
  { title: 'Succeeded', number: true, cell: ({ lately }: Painter) => formatCount(lately.succeeded) },
  { title: 'Failed', number: true, cell: ({ lately }: Painter) => formatCount(lately.failed) },
  {
    title: 'Last failure',
    wide: true,
    cell: ({ lately }: Painter) => (lately.lastFailure ? PROVIDER_FAILURE_LABELS[lately.lastFailure] : ''),
  },
];

/** How the providers did in the last quarter of an hour. */
export function DiagnosisProviders({ providers }: { readonly providers: readonly Painter[] }) {
  return (
    <section aria-labelledby="painters" className="min-w-0">
      <h3 id="painters" className="text-14">
        Providers in the last 15 min
      </h3>
      <DataTable caption="Providers" columns={COLUMNS} rows={providers} rowKey={({ name }) => name} />
    </section>
  );
}

function stateOf({ configured, enabled, pausedUntil }: Painter): string {
  if (!configured) return 'no key here';
  if (!enabled) return 'switched off';
  return pausedUntil ? `takes no orders until ${formatMoment(pausedUntil)}` : 'ready';
}
