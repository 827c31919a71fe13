import { type Batch, listMembers, listUnstartedBatches } from '#drizzle/queries/generations/batches.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { createRotation } from './rotation.ts';

/** Each batch may have 50 members. */
const MAX_PER_ROUND = 20;

/**
 * Starts batches that were accepted while workers or Temporal were unavailable, so that no workflow was started. One that does not
 * answer delays no other.
 */
export function createStartAcceptedBatches({ database, workflows, reconcileAfterMs }: ReconcileDeps) {
  const rotation = createRotation<Batch>(MAX_PER_ROUND);
  return async function startAcceptedBatches(context: PartContext): Promise<number> {
    const batches = await rotation.list((after) =>
      listUnstartedBatches(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const { results, begun } = await actOnRows(context, batches, async (batch) => {
      const { id: batchId, projectId, accountId, admissionNumber } = batch;
      const [first] = await listMembers(database, batchId);
      if (projectId === null || !first) return false;
      const { tier, priority } = first;
      const start = { batchId, accountId, projectId, admissionNumber, tier, priority };
      return (await workflows.admitBatch(start)) !== undefined;
    });
    rotation.advance(batches, begun);
    return countOf(results);
  };
}
