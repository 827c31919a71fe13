import { formatCount } from '../format/count.ts';

const PERCENT = 100;

interface CountedBarsProps {
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
  /** The text for an empty list. */
  readonly none: string;
}

/** Counts with bars, scaled to the largest count. */
export function CountedBars({ label, rows, none }: CountedBarsProps) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  if (rows.length === 0) return <p className="py-2 text-13 text-ink-3">{none}</p>;
  return (
    <dl aria-label={label} className="text-13">
      {rows.map(({ name, count }) => (
        <div
          key={name}
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_48px] items-center gap-3 border-b border-line py-2"
        >
          <dt className="truncate" title={name}>
            {name}
          </dt>
          <dd className="contents">
            <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <i className="block h-full bg-ink-2" style={{ width: `${(count / most) * PERCENT}%` }} />
            </span>
            <span className="num text-right">{formatCount(count)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
