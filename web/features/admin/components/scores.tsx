import { formatPercent } from '#web/format/percent.ts';

const PERCENT = 100;

/** The content check's categories by probability, highest first. The bar repeats the number. */
export function Scores({ scores }: { readonly scores: Readonly<Record<string, number>> }) {
  const entries = Object.entries(scores).toSorted(([, a], [, b]) => b - a);
  if (entries.length === 0) return <p className="text-13 text-ink-3">The content check recorded no scores.</p>;
  return (
    <dl aria-label="Content check scores" className="grid gap-1 text-13">
      {entries.map(([category, probability]) => (
        <div key={category} className="grid grid-cols-[72px_minmax(0,1fr)_44px] items-center gap-3">
          <dt className="truncate text-ink-2">{category}</dt>
          <dd className="contents">
            <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunken">
              <i className="block h-full bg-ink-2" style={{ width: `${probability * PERCENT}%` }} />
            </span>
            <span className="num text-right">{formatPercent(probability)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
