import { listUnstarted } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

/** Oldest first; the rest wait for the next round. */
const MAX_PER_ROUND = 100;

/** Starts generations that were accepted while workers or Temporal were unavailable, so that no workflow was started. */
export async function startAccepted({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const requests = await listUnstarted(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND });
  let started = 0;
  for (const { id: generationId, projectId, ...input } of requests) {
    if (projectId === null) continue;
    const { accountId, admissionNumber, tier, sourceType, priority } = input;
    const start = { generationId, projectId, accountId, admissionNumber, tier, sourceType, priority };
    if ((await workflows.admit(start)) === undefined) break; // still unavailable: the others would time out as well
    started += 1;
  }
  return started;
}
