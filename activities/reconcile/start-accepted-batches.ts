import { clearBatchOverdue } from '#drizzle/queries/generations/batch-progress.ts';
import { type Batch, listMembers, listUnstartedBatches } from '#drizzle/queries/generations/batches.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { ADMISSION_GRACE_MS, isBatchStuck } from './is-stuck.ts';
import { createRotation } from './rotation.ts';

/** Each batch may have 50 members. */
const MAX_PER_ROUND = 20;

/** Starts batches that were accepted while workers or Temporal were unavailable, as `createStartAccepted` does generations. */
export function createStartAcceptedBatches(deps: ReconcileDeps) {
  const { database, workflows, reconcileAfterMs } = deps;
  const rotation = createRotation<Batch>(MAX_PER_ROUND);
  return async function startAcceptedBatches(context: PartContext): Promise<number> {
    const batches = await rotation.list((after) =>
      listUnstartedBatches(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const start = async (batch: Batch) => {
      const { id: batchId, createdAt, projectId, accountId, admissionNumber } = batch;
      const [first] = await listMembers(database, batchId);
      if (projectId === null || !first) return false;
      const { tier, priority } = first;
      const input = { batchId, createdAt, accountId, projectId, admissionNumber, tier, priority };
      if ((await workflows.startBatch(input)) === 'started') return true;
      await endStuckAdmission(deps, batch);
      return false;
    };
    return countOf(await actOnRows(context, batches, start, (begun) => rotation.advance(batches, begun)));
  };
}

/**
 * The workflow runs. Nothing is held yet, so a stuck one is only terminated: the next round starts another one. If its admission commits in this
 * moment, its members are settled as those of a lost workflow.
 */
async function endStuckAdmission(deps: ReconcileDeps, { id, acceptedAt }: Batch): Promise<void> {
  const { database, workflows, now = Date.now } = deps;
  if (acceptedAt === null || acceptedAt.getTime() + ADMISSION_GRACE_MS > now()) return;
  if (!(await isBatchStuck(deps, id))) return;
  await workflows.terminateBatch(id, 'stuck in its admission');
  await clearBatchOverdue(database, id);
}
