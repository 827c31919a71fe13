import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Stats } from '#contract/stats.ts';
import type { FailureCode } from '#domain/generation/failure.ts';
import { counted, formatCount } from '#web/format/count.ts';
import { formatDollars } from '#web/format/dollars.ts';
import { formatPercent } from '#web/format/percent.ts';
import { bytes, p50, p95 } from '../format-figures.ts';
import { ERROR_LABELS, FLAG_ADVICE, FLAG_LABELS } from '../labels.ts';
import { CountedBars } from '#web/components/counted-bars.tsx';
import { FactRow } from '#web/components/fact-row.tsx';
import { LoadForecast, peakText } from './load-forecast.tsx';
import { LINK_CLASS } from './link-class.ts';
import { ProviderStats } from './provider-stats.tsx';
import { ShareBar, ShareLegend } from './share-bar.tsx';

const RATE_DIGITS = 1;

/** Statistics of the whole studio for the chosen period. */
export function StatsOverview({ stats }: { readonly stats: Stats }) {
  const { generations, cost, storage, queue, forecast } = stats;
  const waiting = queue.waiting.reduce((sum, { count }) => sum + count, 0);
  const facts = [
    {
      term: 'Avatars generated',
      value: formatCount(generations.completed),
      note: `${formatCount(generations.failed)} failed, ${formatCount(generations.cancelled)} cancelled`,
    },
    { term: 'Success', value: formatPercent(generations.successRate), note: 'excluding cancelled' },
    { term: 'Time to image', value: p50(generations.totalMs), note: p95(generations.totalMs) },
    { term: 'Time in queue', value: p50(generations.waitingMs), note: p95(generations.waitingMs) },
    { term: 'Credits charged', value: formatCount(cost.credits), note: 'net of refunds' },
    { term: 'Provider cost', value: formatDollars(cost.costUsd) },
    {
      term: 'In queue now',
      value: formatCount(waiting),
      note: `${formatCount(queue.running)} generating`,
    },
    {
      term: 'Workers recommended',
      value: formatCount(forecast.recommendedWorkers),
      note: 'now and in an hour',
    },
    { term: 'Storage', value: bytes(storage.bytes), note: counted(storage.objects, 'object') },
  ];
  return (
    <div className="grid gap-8">
      <FactRow label="Summary" facts={facts} />
      <Part id="providers" title="Providers" aside={<ShareLegend />}>
        <ProviderStats providers={stats.providers} />
      </Part>
      <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-2">
        <Part id="tiers" title="Tiers" aside={<ShareLegend />}>
          <Tiers tiers={stats.tiers} />
        </Part>
        <Part id="errors" title="Failures by cause">
          <CountedBars
            label="Failures"
            none="No failures in this period."
            rows={stats.errors.map(({ code, count }) => ({ name: ERROR_LABELS[code as FailureCode], count }))}
          />
        </Part>
        <Part
          id="queue"
          title="In queue now, by priority"
          aside={
            <span className="num text-12 text-ink-3">
              {queue.drainPerMinute.toFixed(RATE_DIGITS)} completed per minute
            </span>
          }
        >
          <CountedBars
            label="Waiting"
            none="The queue is empty."
            rows={queue.waiting.map(({ priority, count }) => ({ name: `Priority ${priority}`, count }))}
          />
        </Part>
        <Part
          id="forecast"
          title="Expected in 24 hours"
          aside={<span className="num text-12 text-ink-3">{peakText(forecast.hours)}</span>}
        >
          <LoadForecast hours={forecast.hours} />
        </Part>
        <Part id="flags" title="Flagged accounts">
          <Flags flags={stats.flags} />
        </Part>
      </div>
    </div>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function Part({ id, title, aside, children }: PartProps) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <header className="flex items-baseline justify-between gap-3 border-b border-line pb-2">
        <h3 id={id} className="text-14">
          {title}
        </h3>
        {aside}
      </header>
      {children}
    </section>
  );
}

function Tiers({ tiers }: { readonly tiers: Stats['tiers'] }) {
  if (tiers.length === 0) return <p className="py-2 text-13 text-ink-3">No generations finished in this period.</p>;
  return (
    <ul className="text-13">
      {tiers.map(({ tier, completed, failed, cancelled, successRate, totalMs }) => (
        <li
          key={tier}
          className="grid grid-cols-[64px_minmax(0,1fr)_64px_72px] items-center gap-3 border-b border-line py-2"
        >
          <span className="capitalize">{tier}</span>
          <ShareBar done={completed} failed={failed} cancelled={cancelled} />
          <span className="num text-right">{formatPercent(successRate)}</span>
          <span className="num text-right text-ink-3" title={p95(totalMs)}>
            {p50(totalMs)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Flags({ flags }: { readonly flags: Stats['flags'] }) {
  if (flags.length === 0) return <p className="py-2 text-13 text-ink-3">No flagged accounts.</p>;
  return (
    <ul className="text-13">
      {flags.map(({ accountId, flag, count, network }) => (
        <li
          key={`${accountId}${flag}`}
          className="grid items-center gap-x-3 border-b border-line py-2 sm:grid-cols-[minmax(0,1fr)_auto]"
        >
          <Link to={`/admin/accounts/${accountId}`} className={`mono truncate ${LINK_CLASS}`}>
            {accountId}
          </Link>
          <span className="wrap-anywhere text-ink-2">
            {FLAG_LABELS[flag]}
            {network && <span className="mono"> {network}</span>} <span className="num">({formatCount(count)})</span>
          </span>
          <p className="text-12 text-ink-3 sm:col-span-2">{FLAG_ADVICE[flag]}</p>
        </li>
      ))}
    </ul>
  );
}
