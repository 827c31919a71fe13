import type { CostsBy, UsageCosts } from '#contract/usage.ts';
import { providerLabel, PROVIDERS } from '#domain/provider/provider.ts';
import { DataTable } from '#web/components/data-table.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { creditsOf } from '../usage-labels.ts';

interface CostTableProps {
  readonly title: string;
  readonly by: Exclude<CostsBy, 'day'>;
  /** Undefined while loading. */
  readonly costs: UsageCosts | undefined;
  /** The API refuses to add up so much. */
  readonly tooMuch?: boolean;
}

type Row = UsageCosts['data'][number] & {
  readonly by: CostTableProps['by'];
  /** Share of the largest row: 0 to 1. */
  readonly share: number;
};

const NAMES_OF_NONE = { app: 'No app yet', project: 'A deleted project', provider: 'Uploads' } as const;

const NAME = { title: 'Name', cell: Name };
const CREDITS = { title: 'Credits', number: true, cell: ({ credits }: Row) => creditsOf(credits) };
const COMPLETED = { title: 'Avatars', number: true, cell: ({ completed }: Row) => formatCount(completed) };
const USES = { title: 'Uses', number: true, cell: ({ uses }: Row) => (uses === null ? '\u2013' : formatCount(uses)) };
const COST = { title: 'Provider cost', number: true, cell: ({ costUsd }: Row) => formatDollars(costUsd) };
const COLUMNS = {
  app: [NAME, USES, CREDITS],
  project: [NAME, COMPLETED, CREDITS],
  provider: [NAME, COMPLETED, COST],
} as const;

/** Spending by app, project or provider, largest first, with comparison bars. */
export function CostTable({ title, by, costs, tooMuch = false }: CostTableProps) {
  const weigh = ({ uses, credits, costUsd, completed }: UsageCosts['data'][number]) =>
    ({ app: uses ?? 0, project: credits, provider: costUsd || completed / 1_000_000 })[by];
  const most = Math.max(0, ...(costs?.data.map(weigh) ?? []));
  const rows = costs?.data.map((row) => ({ ...row, by, share: most > 0 ? Math.max(0, weigh(row)) / most : 0 })) ?? [];
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="border-b border-line pb-3 text-14">{title}</h2>
      {tooMuch && <p className="py-3 text-13 text-ink-3">Too much to add up. Choose a shorter period.</p>}
      {!costs && !tooMuch && (
        <div role="status" aria-label={`Loading: ${title}`} className="mt-2 h-28 rounded-control bg-sunken" />
      )}
      {costs && rows.length === 0 && <p className="py-3 text-13 text-ink-3">Nothing in this period.</p>}
      {rows.length > 0 && (
        <DataTable caption={title} columns={COLUMNS[by]} rows={rows} rowKey={({ key }) => key ?? 'none'} />
      )}
      {costs && costs.rest.completed > 0 && (
        <p className="num pt-2 text-12 text-ink-3">
          And {formatCount(costs.rest.completed)} more avatars for {creditsOf(costs.rest.credits)} credits.
        </p>
      )}
    </section>
  );
}

function Name({ by, key, name, share }: Row) {
  const provider = by === 'provider' ? PROVIDERS.find((each) => each === key) : undefined;
  const known = provider ? providerLabel(provider) : name;
  return (
    <span className="grid gap-1">
      <bdi className="block">{known ?? NAMES_OF_NONE[by]}</bdi>
      <span aria-hidden="true" className="block h-1 max-w-60 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full rounded-full bg-ink-2" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
