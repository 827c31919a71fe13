import { raisePriority, TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import { listOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_PER_ROUND = 200;

/** Prevents starvation: a generation that waited longer than its tier's target is raised by one priority level. */
export async function raisePriorities({ database, workflows }: ReconcileDeps, context: PartContext): Promise<number> {
  const pages = await Promise.all(
    TIERS.map((tier) => listOverdue(database, { tier, waitedMs: TIER_RULES[tier].waitTargetMs, limit: MAX_PER_ROUND })),
  );
  const results = await actOnRows(context, pages.flat(), ({ id, priority }) =>
    workflows.setPriority(id, raisePriority(priority)),
  );
  return countOf(results);
}
