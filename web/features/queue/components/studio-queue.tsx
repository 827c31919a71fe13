import type { Tier } from '#domain/generation/tier.ts';
import { Facts } from '#web/components/facts.tsx';
import { formatCount } from '#web/format/count.ts';
import { formatEstimate } from '#web/format/duration.ts';
import type { Queue } from '../api/use-queue.ts';

interface StudioQueueProps {
  /** Undefined while it is read. */
  readonly queue: Queue | undefined;
  /** Of the reader; undefined while nobody knows. */
  readonly tier: Tier | undefined;
}

const RATE_DIGITS = 1;
const UNKNOWN = '–';

/** How busy the whole studio is, and what that means for a new request of mine. */
export function StudioQueue({ queue, tier }: StudioQueueProps) {
  const waiting = queue?.waiting.reduce((sum, { count }) => sum + count, 0);
  const mine = queue?.estimates.find((estimate) => estimate.tier === tier);
  const facts = [
    { term: 'Waiting', value: waiting === undefined ? UNKNOWN : formatCount(waiting), note: byPriority(queue) },
    { term: 'Being painted', value: queue ? formatCount(queue.running) : UNKNOWN, note: 'side by side' },
    { term: 'Done a minute', value: queue?.drainPerMinute.toFixed(RATE_DIGITS) ?? UNKNOWN, note: 'lately' },
    {
      term: 'A new one of yours waits',
      value: waitText(mine?.waitSeconds, queue?.running),
      note: tier && `on the ${tier} tier`,
    },
  ];
  return (
    <section aria-labelledby="studio-queue">
      <h2 id="studio-queue" className="mb-2 text-13">
        The studio’s line
      </h2>
      <Facts label="The studio’s line" facts={facts} />
    </section>
  );
}

/** "2 at priority 2, 12 at priority 4" */
function byPriority(queue: Queue | undefined): string {
  if (!queue) return 'being counted';
  const lines = queue.waiting.filter(({ count }) => count > 0);
  if (lines.length === 0) return 'nobody, anywhere';
  return lines.map(({ priority, count }) => `${formatCount(count)} at priority ${priority}`).join(', ');
}

function waitText(seconds: number | null | undefined, running = 0): string {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  if (seconds > 0) return formatEstimate(seconds);
  return running > 0 ? 'a moment' : 'not at all';
}
