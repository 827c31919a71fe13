import { TIER_RULES, TIERS } from '../../domain/tier.ts';
import type { Handler } from '../handler.ts';
import { etaSeconds, type Line } from './line.ts';

/** How busy the studio is, and about how long a new generation of each tier would wait. */
export function readQueue({ line }: { line: Line }): Handler<'readQueue'> {
  return async () => {
    const { waiting, running, drainPerMinute } = await line.load();
    const estimates = TIERS.map((tier) => {
      const ahead = waiting
        .filter(({ priority }) => priority <= TIER_RULES[tier].priorityKey)
        .reduce((sum, { count }) => sum + count, 0);
      return { tier, waitSeconds: ahead === 0 ? 0 : etaSeconds(ahead, drainPerMinute) };
    });
    return { status: 200, body: { waiting: [...waiting], running, drainPerMinute, estimates } };
  };
}
