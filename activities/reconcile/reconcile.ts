import { Context } from '@temporalio/activity';
import { assertClocks } from '../safety/assert-clocks.ts';
import type { ReconcileDeps } from './deps.ts';
import { expireUploads } from './expire-uploads.ts';
import { PARTS_BY_AGE, RECONCILE_PARTS, type ReconcilePart } from './parts.ts';
import { raisePriorities } from './raise-priorities.ts';
import { ReconcileRefused } from '../safety/reconcile-refused.ts';
import { resumeErasures } from './resume-erasures.ts';
import { settleAbandoned } from './settle-abandoned.ts';
import { startAcceptedBatches } from './start-accepted-batches.ts';
import { startAccepted } from './start-accepted.ts';
import { pruneOldDeliveries, startWaitingDeliveries } from './start-deliveries.ts';
import { sweepObjects } from './sweep-objects.ts';
import { rollUpPresetUses } from '#drizzle/queries/avatars/presets.ts';
import { forgetStarterSignals } from '#drizzle/queries/accounts/starter-signals.ts';
import { deleteUnansweredBatches } from '#drizzle/queries/generations/batch-progress.ts';
import { deleteUnansweredGenerations } from '#drizzle/queries/generations/generation-sweep.ts';

/** A request that was never answered may be dropped: the caller got an error and may send it again. */
const UNANSWERED_AFTER_MS = 10 * 60_000;
const MAX_PER_ROUND = 500;
/** More than the studio delivers in half a minute; the others are counted in the next round. */
const MAX_PRESET_USES_PER_ROUND = 5_000;

/**
 * Finishes what a terminated, reset, lost or never started workflow left undone. Each part is bounded and safe to run alongside
 * running workflows. A part that fails does not stop the others; a part that finds something implausible refuses to act.
 *
 * @returns how many rows each part acted on, -1 when it failed
 */
export function createReconcile(deps: ReconcileDeps) {
  const parts: Record<ReconcilePart, () => Promise<number>> = {
    startedGenerations: () => startAccepted(deps),
    startedBatches: () => startAcceptedBatches(deps),
    settledGenerations: () => settleAbandoned(deps),
    raisedPriorities: () => raisePriorities(deps),
    droppedGenerations: () =>
      deleteUnansweredGenerations(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: MAX_PER_ROUND }),
    droppedBatches: () =>
      deleteUnansweredBatches(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: MAX_PER_ROUND }),
    startedDeliveries: () => startWaitingDeliveries(deps),
    prunedDeliveries: () => pruneOldDeliveries(deps),
    sweptObjects: () => sweepObjects(deps),
    expiredUploads: () => expireUploads(deps),
    resumedErasures: () => resumeErasures(deps),
    countedPresetUses: () => rollUpPresetUses(deps.database, MAX_PRESET_USES_PER_ROUND),
    forgottenSignals: () => forgetStarterSignals(deps.database, MAX_PER_ROUND),
  };
  return async function reconcile(): Promise<Record<string, number>> {
    const counts: Partial<Record<ReconcilePart, number>> = {};
    for (const name of RECONCILE_PARTS) {
      if (Context.current().cancellationSignal.aborted) break;
      try {
        if (PARTS_BY_AGE.has(name)) await assertClocks(deps.database, deps.now);
        counts[name] = await parts[name]();
      } catch (error) {
        deps.log.error({ err: error, part: name }, 'a part of the reconciler failed');
        if (error instanceof ReconcileRefused) deps.measurements.reconcileRefused(error.reason);
        counts[name] = -1;
      }
    }
    deps.measurements.reconciled(counts);
    if (Object.values(counts).some((count) => count !== 0)) deps.log.info({ counts }, 'reconciled');
    return counts;
  };
}
