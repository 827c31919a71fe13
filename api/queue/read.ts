import { TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import type { Handler } from '../handler.ts';
import type { QueueView } from './queue-view.ts';
import { etaSeconds } from './pace.ts';

/** How busy the studio is, and about how long a new generation of each tier would wait. */
export function readQueue({ queueView }: { queueView: QueueView }): Handler<'readQueue'> {
  return async () => {
    const { waiting, running, drainPerMinute, perMinute } = await queueView.load();
    const free = waiting.every(({ count }) => count === 0);
    const estimates = TIERS.map((tier) => {
      const ahead = waiting
        .filter(({ priority }) => priority <= TIER_RULES[tier].priorityKey)
        .reduce((sum, { count }) => sum + count, 0);
      // Whoever waits, even less urgently, says that all providers are busy: then even the first in queue waits for one.
      return { tier, waitSeconds: free ? 0 : etaSeconds(ahead + 1, perMinute) };
    });
    return { status: 200, body: { waiting: [...waiting], running, drainPerMinute, estimates } };
  };
}
