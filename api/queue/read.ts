import { TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import type { Handler } from '../handler.ts';
import type { QueueView } from './queue-view.ts';
import { etaSeconds } from './pace.ts';

/** The load of the studio, and the estimated wait of a new generation of each tier. */
export function readQueue({ queueView }: { queueView: QueueView }): Handler<'readQueue'> {
  return async () => {
    const { waiting, running, drainPerMinute, perMinute } = await queueView.load();
    const isEmpty = waiting.every(({ count }) => count === 0);
    const estimates = TIERS.map((tier) => {
      const ahead = waiting
        .filter(({ priority }) => priority <= TIER_RULES[tier].priorityKey)
        .reduce((sum, { count }) => sum + count, 0);
      // Any waiting generation, even of lower priority, means that all providers are busy: then even the first in the queue waits.
      return { tier, waitSeconds: isEmpty ? 0 : etaSeconds(ahead + 1, perMinute) };
    });
    return { status: 200, body: { waiting: [...waiting], running, drainPerMinute, estimates } };
  };
}
