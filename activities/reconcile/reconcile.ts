import { Context } from '@temporalio/activity';
import { assertClocks } from '../safety/assert-clocks.ts';
import type { ReconcileDeps } from './deps.ts';
import { expireUploads } from './expire-uploads.ts';
import { PARTS_BY_AGE, RECONCILE_PARTS, type ReconcilePart } from './parts.ts';
import { raiseWaiting } from './raise-waiting.ts';
import { ReconcileRefused } from '../safety/refusal.ts';
import { resumeErasures } from './resume-erasures.ts';
import { settleAbandoned } from './settle-abandoned.ts';
import { startAcceptedBatches } from './start-accepted-batches.ts';
import { startAccepted } from './start-accepted.ts';
import { pruneOldDeliveries, startWaitingDeliveries } from './start-deliveries.ts';
import { sweepObjects } from './sweep-objects.ts';
import { deleteUnansweredBatches } from '#drizzle/queries/generations/batch-progress.ts';
import { deleteUnansweredGenerations } from '#drizzle/queries/generations/generation-sweep.ts';

/** An intent that was never answered is no promise to anybody: the caller saw an error and may send it again. */
const UNANSWERED_AFTER_MS = 10 * 60_000;
const ROUND = 500;

/**
 * Makes true what a terminated, reset, lost or never started workflow left undone. Each part is bounded and safe beside
 * a running workflow; a part that fails does not keep the others from their work. A part that sees more than can be true refuses.
 *
 * @returns how many rows each part acted on, -1 where a part failed
 */
export function createReconcile(deps: ReconcileDeps) {
  const parts: Record<ReconcilePart, () => Promise<number>> = {
    startedGenerations: () => startAccepted(deps),
    startedBatches: () => startAcceptedBatches(deps),
    settledGenerations: () => settleAbandoned(deps),
    raisedPriorities: () => raiseWaiting(deps),
    droppedGenerations: () =>
      deleteUnansweredGenerations(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: ROUND }),
    droppedBatches: () => deleteUnansweredBatches(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: ROUND }),
    startedDeliveries: () => startWaitingDeliveries(deps),
    prunedDeliveries: () => pruneOldDeliveries(deps),
    sweptObjects: () => sweepObjects(deps),
    expiredUploads: () => expireUploads(deps),
    resumedErasures: () => resumeErasures(deps),
  };
  return async function reconcile(): Promise<Record<string, number>> {
    const counts: Partial<Record<ReconcilePart, number>> = {};
    for (const name of RECONCILE_PARTS) {
      if (Context.current().cancellationSignal.aborted) break;
      try {
        if (PARTS_BY_AGE.has(name)) await assertClocks(deps.database, deps.now);
        counts[name] = await parts[name]();
      } catch (error) {
        deps.log.error({ err: error, part: name }, 'a part of the reconciling failed');
        if (error instanceof ReconcileRefused) deps.measurements.reconcileRefused(error.refusal);
        counts[name] = -1;
      }
    }
    deps.measurements.reconciled(counts);
    if (Object.values(counts).some((count) => count !== 0)) deps.log.info({ counts }, 'reconciled');
    return counts;
  };
}
