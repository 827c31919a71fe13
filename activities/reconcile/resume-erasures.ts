import { listUnfinishedErasures, type UnfinishedErasure } from '#drizzle/queries/accounts/erasure.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { createRotation } from './rotation.ts';

const MAX_PER_ROUND = 50;

/**
 * Restarts erasures whose workflow never started, was terminated, or ended before a late step wrote more rows. Those that can't be
 * restarted delay no others.
 */
export function createResumeErasures({ database, workflows, reconcileAfterMs }: ReconcileDeps) {
  const rotation = createRotation<UnfinishedErasure>(MAX_PER_ROUND);
  return async function resumeErasures(context: PartContext): Promise<number> {
    const accounts = await rotation.list((after) =>
      listUnfinishedErasures(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const results = await actOnRows(
      context,
      accounts,
      ({ id }) => workflows.erase(id),
      (begun) => rotation.advance(accounts, begun),
    );
    return countOf(results);
  };
}
