import { raisePriority, TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import { listOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_PER_ROUND = 200;

/** Prevents starvation: a generation that waited longer than its tier's target is raised by one priority level. */
export async function raisePriorities({ database, workflows }: ReconcileDeps): Promise<number> {
  let count = 0;
  for (const tier of TIERS) {
    const overdue = await listOverdue(database, {
      tier,
      waitedMs: TIER_RULES[tier].waitTargetMs,
      limit: MAX_PER_ROUND,
    });
    for (const { id, priority } of overdue) if (await workflows.setPriority(id, raisePriority(priority))) count += 1;
  }
  return count;
}
