import { listUnstarted } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

/** One round starts this many; more wait for the next, in order of their coming. */
const ROUND = 100;

/** Starts what people were told "accepted" while no workflow could be: workers or Temporal were away. */
export async function startAccepted({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const requests = await listUnstarted(database, { olderThanMs: reconcileAfterMs, limit: ROUND });
  let started = 0;
  for (const { id: generationId, projectId, ...input } of requests) {
    if (projectId === null) continue;
    const { accountId, admissionNumber, tier, sourceType, priority } = input;
    const start = { generationId, projectId, accountId, admissionNumber, tier, sourceType, priority };
    if ((await workflows.admit(start)) === undefined) break; // still away: the others would wait in vain as well
    started += 1;
  }
  return started;
}
