import type { Stats } from '#contract/stats.ts';
import { providerLabel } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURE_LABELS } from '#domain/provider/provider-failure.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { formatPercent } from '#web/format/percent.ts';
import { p50, p95 } from '../format-figures.ts';
import { ShareBar } from './share-bar.tsx';

type ProviderRow = Stats['providers'][number];

const COLUMNS = [
  { title: 'Provider', cell: Name },
  {
    title: 'Outcome',
    wide: true,
    cell: ({ succeeded, failed, cancelled }: ProviderRow) => (
      <span className="flex h-5 items-center">
        <ShareBar done={succeeded} failed={failed} cancelled={cancelled} />
      </span>
    ),
  },
  { title: 'Success', number: true, cell: ({ successRate }: ProviderRow) => formatPercent(successRate) },
  { title: 'Attempts', number: true, wide: true, cell: attemptsOf },
  {
    title: 'Median',
    number: true,
    cell: ({ latencyMs }: ProviderRow) => <span title={p95(latencyMs)}>{p50(latencyMs)}</span>,
  },
  { title: 'Provider cost', number: true, cell: ({ costUsd }: ProviderRow) => formatDollars(costUsd) },
];

/** Outcomes, latency and cost of each provider's attempts. */
export function ProviderStats({ providers }: { readonly providers: readonly ProviderRow[] }) {
  if (providers.length === 0) return <p className="py-2 text-13 text-ink-3">No attempts in this period.</p>;
  return <DataTable caption="Providers" columns={COLUMNS} rows={providers} rowKey={({ provider }) => provider} />;
}

function Name({ provider, failures }: ProviderRow) {
  const reason = failures.map(({ kind, count }) => `${formatCount(count)} ${PROVIDER_FAILURE_LABELS[kind]}`).join(', ');
  return (
    <span className="grid">
      <span>{providerLabel(provider)}</span>
      {reason && <span className="text-12 text-ink-3">{reason}</span>}
    </span>
  );
}

function attemptsOf({ succeeded, failed, cancelled, open }: ProviderRow): string {
  return formatCount(succeeded + failed + cancelled + open);
}
