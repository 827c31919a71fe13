import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { listUnstarted } from '#drizzle/queries/generations/generation-sweep.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { isStuck } from './is-stuck.ts';
import { createRotation } from './rotation.ts';

const MAX_PER_ROUND = 100;
/** A running workflow has admitted the generation, or made it final, within this of its start. */
const ADMISSION_GRACE_MS = 15 * 60_000;

/**
 * Starts generations that were accepted while workers or Temporal were unavailable, so that no workflow was started. One that does not
 * answer delays no other.
 */
export function createStartAccepted(deps: ReconcileDeps) {
  const { database, workflows, reconcileAfterMs } = deps;
  const rotation = createRotation<Generation>(MAX_PER_ROUND);
  return async function startAccepted(context: PartContext): Promise<number> {
    const requests = await rotation.list((after) =>
      listUnstarted(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const { results, begun } = await actOnRows(context, requests, async (request) => {
      const { id: generationId, projectId, accountId, admissionNumber, tier, sourceType, priority } = request;
      if (projectId === null) return false;
      const start = { generationId, projectId, accountId, admissionNumber, tier, sourceType, priority };
      if ((await workflows.admit(start)) !== undefined) return true;
      await endStuckAdmission(deps, request);
      return false;
    });
    rotation.advance(requests, begun);
    return countOf(results);
  };
}

/** Nothing is held yet, so a stuck workflow is only terminated: the next round starts another one. */
async function endStuckAdmission(deps: ReconcileDeps, { id, acceptedAt }: Generation): Promise<void> {
  const { workflows, now = Date.now } = deps;
  if (acceptedAt === null || acceptedAt.getTime() + ADMISSION_GRACE_MS > now()) return;
  if ((await workflows.stateOf(id)) !== 'running' || !(await isStuck(deps, id))) return;
  await workflows.terminate(id, 'stuck in its admission');
}
