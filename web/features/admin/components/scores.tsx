const PERCENT = 100;

/** What the content check saw, surest first. The bar says the same as the figure. */
export function Scores({ scores }: { readonly scores: Readonly<Record<string, number>> }) {
  const lines = Object.entries(scores).toSorted(([, one], [, other]) => other - one);
  if (lines.length === 0) return <p className="text-13 text-ink-3">The content check left no figures.</p>;
  return (
    <dl aria-label="What the content check saw" className="grid gap-1 text-13">
      {lines.map(([what, probability]) => (
        <div key={what} className="grid grid-cols-[72px_minmax(0,1fr)_44px] items-center gap-3">
          <dt className="truncate text-ink-2">{what}</dt>
          <dd className="contents">
            <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunken">
              <i className="block h-full bg-ink-2" style={{ width: `${probability * PERCENT}%` }} />
            </span>
            <span className="num text-right">{Math.round(probability * PERCENT)} %</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
