import { listMembers, listUnstartedBatches } from '#drizzle/queries/generations/batches.ts';
import type { ReconcileDeps } from './deps.ts';

/** One round starts this many; each may be of fifty. */
const ROUND = 20;

/** Starts batches that people were told "accepted" while no workflow could be: workers or Temporal were away. */
export async function startAcceptedBatches({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const batches = await listUnstartedBatches(database, { olderThanMs: reconcileAfterMs, limit: ROUND });
  let started = 0;
  for (const { id: batchId, projectId, accountId, admissionNumber } of batches) {
    const [first] = await listMembers(database, batchId);
    if (projectId === null || !first) continue;
    const { tier, priority } = first;
    const start = { batchId, accountId, projectId, admissionNumber, tier, priority };
    if ((await workflows.admitBatch(start)) === undefined) break; // still away: the others would wait in vain as well
    started += 1;
  }
  return started;
}
