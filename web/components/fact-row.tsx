import type { ReactNode } from 'react';

export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** A row of related figures, separated by hairlines. */
export function FactRow({ label, facts }: { readonly label: string; readonly facts: readonly Fact[] }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 overflow-hidden border-t border-line sm:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]"
    >
      {facts.map(({ term, value, note }) => (
        <div key={term} className="-mr-px min-w-0 border-r border-b border-line p-3 max-sm:odd:pl-0 sm:first:pl-0">
          <dt className="text-12 text-ink-3">{term}</dt>
          <dd className="min-w-0">
            <span className="num block truncate text-20 leading-head">{value}</span>
            {note && <span className="text-12 text-ink-3">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
