import type { Credits } from '#contract/credits.ts';
import { formatCount } from '#web/format/count.ts';

interface BalanceFiguresProps {
  /** Undefined while loading. */
  readonly credits: Credits | undefined;
}

/** Available credits, held credits, and their total. */
export function BalanceFigures({ credits }: BalanceFiguresProps) {
  return (
    <dl aria-label="Balance" className="grid grid-cols-2 border-y border-line sm:grid-cols-3">
      <Figure term="Available" value={credits?.available} note="ready to spend" lead />
      <Figure term="Held" value={credits?.held} note="reserved for generations in progress" />
      <Figure term="Total" value={credits?.posted} note="available plus held" />
    </dl>
  );
}

interface FigureProps {
  readonly term: string;
  readonly value: number | undefined;
  readonly note: string;
  readonly lead?: boolean;
}

function Figure({ term, value, note, lead = false }: FigureProps) {
  return (
    <div className="border-line py-3 pr-3 not-first:pl-4 max-sm:first:col-span-2 max-sm:first:border-b max-sm:[&:nth-child(2)]:pl-0 sm:not-first:border-l max-sm:last:border-l">
      <dt className="text-12 text-ink-3">{term}</dt>
      <dd>
        {value === undefined ? (
          <span aria-hidden="true" className="my-1 block h-8 w-16 rounded-option bg-sunken" />
        ) : (
          <span key={value} className={`arrive num flex h-10 items-center ${lead ? 'text-28' : 'text-20'}`}>
            {formatCount(value)}
          </span>
        )}
        <span className="text-12 text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
