import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { clearOverdue, listUnstarted } from '#drizzle/queries/generations/generation-sweep.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { ADMISSION_GRACE_MS, isStuck } from './is-stuck.ts';
import { createRotation } from './rotation.ts';

const MAX_PER_ROUND = 100;

/**
 * Starts generations that were accepted while workers or Temporal were unavailable, so that no workflow was started. It does not wait
 * for the admission: where Temporal comes and goes, a round would start a handful in the time of a hundred.
 */
export function createStartAccepted(deps: ReconcileDeps) {
  const { database, workflows, reconcileAfterMs } = deps;
  const rotation = createRotation<Generation>(MAX_PER_ROUND);
  return async function startAccepted(context: PartContext): Promise<number> {
    const requests = await rotation.list((after) =>
      listUnstarted(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const start = async (request: Generation) => {
      const {
        id: generationId,
        createdAt,
        projectId,
        accountId,
        admissionNumber,
        tier,
        sourceType,
        priority,
      } = request;
      if (projectId === null) return false;
      const input = { generationId, createdAt, projectId, accountId, admissionNumber, tier, sourceType, priority };
      if ((await workflows.start(input)) === 'started') return true;
      await endStuckAdmission(deps, request);
      return false;
    };
    return countOf(await actOnRows(context, requests, start, (begun) => rotation.advance(requests, begun)));
  };
}

/** The workflow runs. Nothing is held yet, so a stuck one is only terminated: the next round starts another one. */
async function endStuckAdmission(deps: ReconcileDeps, { id, acceptedAt }: Generation): Promise<void> {
  const { database, workflows, now = Date.now } = deps;
  if (acceptedAt === null || acceptedAt.getTime() + ADMISSION_GRACE_MS > now()) return;
  if (!(await isStuck(deps, id))) return;
  await workflows.terminate(id, 'stuck in its admission');
  await clearOverdue(database, id);
}
