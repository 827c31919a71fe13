import { raisePriority, TIER_RULES, TIERS } from '#domain/generation/tier.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { listOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { createRotation } from './rotation.ts';

const MAX_PER_ROUND = 200;

/**
 * Prevents starvation: a generation that waited longer than its tier's target is raised by one priority level. Those whose workflow
 * does not answer delay no others.
 */
export function createRaisePriorities({ database, workflows }: ReconcileDeps) {
  const tiers = TIERS.map((tier) => ({ tier, rotation: createRotation<Generation>(MAX_PER_ROUND) }));
  return async function raisePriorities(context: PartContext): Promise<number> {
    const pages = await Promise.all(
      tiers.map(({ tier, rotation }) =>
        rotation.list((after) =>
          listOverdue(database, { tier, waitedMs: TIER_RULES[tier].waitTargetMs, limit: MAX_PER_ROUND, after }),
        ),
      ),
    );
    const results = await actOnRows(
      context,
      pages.flat(),
      ({ id, priority }) => workflows.setPriority(id, raisePriority(priority)),
      (begun) => {
        let left = begun;
        for (const [index, { rotation }] of tiers.entries()) {
          const page = pages[index]!;
          rotation.advance(page, Math.min(left, page.length));
          left -= Math.min(left, page.length);
        }
      },
    );
    return countOf(results);
  };
}
