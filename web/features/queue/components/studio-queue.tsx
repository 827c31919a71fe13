import type { Tier } from '#domain/generation/tier.ts';
import { FactRow } from '#web/components/fact-row.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatEstimate } from '#web/format/duration.ts';
import type { Queue } from '../api/use-queue.ts';

interface StudioQueueProps {
  /** Undefined while loading. */
  readonly queue: Queue | undefined;
  /** The user's tier; undefined while loading. */
  readonly tier: Tier | undefined;
}

const RATE_DIGITS = 1;
const UNKNOWN = '–';

/** The whole studio's queue, and the estimated wait for a new generation of the user. */
export function StudioQueue({ queue, tier }: StudioQueueProps) {
  const waiting = queue?.waiting.reduce((sum, { count }) => sum + count, 0);
  const estimate = queue?.estimates.find((entry) => entry.tier === tier);
  const facts = [
    { term: 'Waiting', value: waiting === undefined ? UNKNOWN : formatCount(waiting), note: byPriority(queue) },
    { term: 'Generating', value: queue ? formatCount(queue.running) : UNKNOWN, note: 'in parallel' },
    { term: 'Completed per minute', value: queue?.drainPerMinute.toFixed(RATE_DIGITS) ?? UNKNOWN, note: 'recently' },
    {
      term: 'Wait for a new avatar',
      value: waitText(estimate?.waitSeconds, queue?.running),
      note: tier && `on the ${tier} tier`,
    },
  ];
  return (
    <section aria-labelledby="studio-queue">
      <h2 id="studio-queue" className="mb-2 text-13">
        Studio queue
      </h2>
      <FactRow label="Studio queue" facts={facts} />
    </section>
  );
}

/** "2 at priority 2, 12 at priority 4" */
function byPriority(queue: Queue | undefined): string {
  if (!queue) return 'loading';
  const nonEmpty = queue.waiting.filter(({ count }) => count > 0);
  if (nonEmpty.length === 0) return 'none';
  return nonEmpty.map(({ priority, count }) => `${formatCount(count)} at priority ${priority}`).join(', ');
}

function waitText(seconds: number | null | undefined, running = 0): string {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  if (seconds > 0) return formatEstimate(seconds);
  return running > 0 ? 'a moment' : 'none';
}
