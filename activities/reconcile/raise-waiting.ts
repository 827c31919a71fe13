import { raised, TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import { listOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

const ROUND = 200;

/** Nobody starves across levels: who waited at one level longer than the tier's target moves one level up. */
export async function raiseWaiting({ database, workflows }: ReconcileDeps): Promise<number> {
  let count = 0;
  for (const tier of TIERS) {
    const overdue = await listOverdue(database, { tier, waitedMs: TIER_RULES[tier].waitTargetMs, limit: ROUND });
    for (const { id, priority } of overdue) if (await workflows.setPriority(id, raised(priority))) count += 1;
  }
  return count;
}
