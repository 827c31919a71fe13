import { counted, formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { formatPercent } from '#web/format/percent.ts';
import type { UsageSummary } from '../api/use-usage.ts';
import { creditsOf } from '../usage-labels.ts';

interface SummaryFiguresProps {
  /** Undefined while loading. */
  readonly summary: UsageSummary | undefined;
}

/** The five key figures of the period. */
export function SummaryFigures({ summary }: SummaryFiguresProps) {
  const each =
    summary && summary.completed > 0
      ? `${formatDollars(summary.costUsd / summary.completed)} per avatar`
      : 'no avatars';
  return (
    <dl
      aria-label="Summary"
      className="grid grid-cols-2 gap-px overflow-hidden border-y border-line bg-line sm:grid-cols-3 lg:grid-cols-5"
    >
      <Figure term="Uses" value={summary && formatCount(summary.uses)}>
        {summary && summary.usesOfDeleted > 0 ? `${formatCount(summary.usesOfDeleted)} of deleted avatars` : 'by apps'}
      </Figure>
      <Figure term="Avatars generated" value={summary && formatCount(summary.completed)}>
        delivered
      </Figure>
      <Figure term="Credits spent" value={summary && creditsOf(summary.credits)}>
        net of refunds
      </Figure>
      <Figure term="Provider cost" value={summary && formatDollars(summary.costUsd)}>
        {each}
      </Figure>
      <Figure term="Success" value={summary && formatPercent(summary.successRate)}>
        {summary && summary.failed > 0 ? `${counted(summary.failed, 'failure')}, credits returned` : 'no failures'}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly term: string;
  readonly value: string | undefined;
  readonly children: React.ReactNode;
}

function Figure({ term, value, children }: FigureProps) {
  return (
    <div className="bg-paper px-4 py-3 max-lg:last:col-span-2 sm:first:pl-0 sm:max-lg:nth-4:pl-0">
      <dt className="text-12 text-ink-3">{term}</dt>
      <dd>
        <span className="num block h-7 text-20 leading-[28px]">
          {value ?? <span aria-hidden="true" className="block h-6 w-16 rounded-option bg-sunken" />}
        </span>
        <span className="block truncate text-12 text-ink-3">{value === undefined ? '\u00A0' : children}</span>
      </dd>
    </div>
  );
}
