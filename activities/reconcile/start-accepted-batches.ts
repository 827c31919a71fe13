import { listMembers, listUnstartedBatches } from '#drizzle/queries/generations/batches.ts';
import type { ReconcileDeps } from './deps.ts';

/** Each batch may have 50 members. */
const MAX_PER_ROUND = 20;

/** Starts batches that were accepted while workers or Temporal were unavailable, so that no workflow was started. */
export async function startAcceptedBatches({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const batches = await listUnstartedBatches(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND });
  let started = 0;
  for (const { id: batchId, projectId, accountId, admissionNumber } of batches) {
    const [first] = await listMembers(database, batchId);
    if (projectId === null || !first) continue;
    const { tier, priority } = first;
    const start = { batchId, accountId, projectId, admissionNumber, tier, priority };
    if ((await workflows.admitBatch(start)) === undefined) break; // still unavailable: the others would time out as well
    started += 1;
  }
  return started;
}
