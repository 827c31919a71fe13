import { Context } from '@temporalio/activity';
import { UNANSWERED_AFTER_MS } from '#domain/generation/admission.ts';
import { deleteUnansweredBatches } from '#drizzle/queries/generations/batch-progress.ts';
import { deleteUnansweredGenerations } from '#drizzle/queries/generations/generation-sweep.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { ReconcileRefused } from '../safety/reconcile-refused.ts';
import type { PartContext } from './act-on-rows.ts';
import { createCloseAttempts } from './close-attempts.ts';
import type { ReconcileDeps } from './deps.ts';
import { expireUploads } from './expire-uploads.ts';
import { startHeartbeats } from '../generate/heartbeats.ts';
import { PARTS_BY_AGE, RECONCILE_PARTS, type ReconcilePart } from './parts.ts';
import { createRaisePriorities } from './raise-priorities.ts';
import { createResumeErasures } from './resume-erasures.ts';
import { PART_LIMITS, runPart } from './run-part.ts';
import { createSettleAbandoned } from './settle-abandoned.ts';
import { createStartAcceptedBatches } from './start-accepted-batches.ts';
import { createStartAccepted } from './start-accepted.ts';
import { createStartWaitingDeliveries, pruneOldCallbacks } from './start-deliveries.ts';
import { sweepObjects } from './sweep-objects.ts';
import { rollUpUsage } from '#drizzle/queries/usage/analytics.ts';
import { rollUpPresetUses } from '#drizzle/queries/avatars/presets.ts';
import { deleteEndedShares } from '#drizzle/queries/avatars/shares.ts';
import { forgetStarterSignals } from '#drizzle/queries/accounts/starter-signals.ts';

const MAX_PER_ROUND = 500;
/** More than the studio delivers in half a minute; the others are counted in the next round. */
const MAX_COUNTED_PER_ROUND = 5_000;

/**
 * Finishes what a terminated, reset, lost, stuck or never started workflow left undone. Each part is bounded in rows and time, and safe
 * to run alongside running workflows. A row that fails does not stop the others, nor does a part that fails or hangs; a part that finds
 * something implausible refuses to act. The next round continues.
 *
 * @returns how many rows each part acted on, -1 when it failed
 */
export function createReconcile(deps: ReconcileDeps) {
  const { database, log, measurements } = deps;
  const unanswered = { olderThanMs: UNANSWERED_AFTER_MS, limit: MAX_PER_ROUND };
  const parts: Record<ReconcilePart, (context: PartContext) => Promise<number>> = {
    startedGenerations: createStartAccepted(deps),
    startedBatches: createStartAcceptedBatches(deps),
    settledGenerations: createSettleAbandoned(deps),
    closedAttempts: createCloseAttempts(deps),
    raisedPriorities: createRaisePriorities(deps),
    droppedGenerations: () => deleteUnansweredGenerations(database, unanswered),
    droppedBatches: () => deleteUnansweredBatches(database, unanswered),
    startedDeliveries: createStartWaitingDeliveries(deps),
    prunedCallbacks: () => pruneOldCallbacks(deps),
    sweptObjects: (context) => sweepObjects(deps, context),
    expiredUploads: (context) => expireUploads(deps, context),
    resumedErasures: createResumeErasures(deps),
    countedPresetUses: () => rollUpPresetUses(database, MAX_COUNTED_PER_ROUND),
    countedUsage: () => rollUpUsage(database, MAX_COUNTED_PER_ROUND),
    forgottenSignals: () => forgetStarterSignals(database, MAX_PER_ROUND),
    deletedShares: () => deleteEndedShares(database, MAX_PER_ROUND),
  };

  async function act(name: ReconcilePart): Promise<number> {
    const rowsFailed = (count: number) => measurements.reconcileRowsFailed(name, count);
    try {
      return await runPart(async (signal) => {
        if (PARTS_BY_AGE.has(name)) await assertClocks(database, deps.now);
        return parts[name]({ signal, log: log.child({ part: name }), rowsFailed });
      }, deps.partLimits ?? PART_LIMITS);
    } catch (error) {
      log.error({ err: error, part: name }, 'a part of the reconciler failed');
      if (error instanceof ReconcileRefused) measurements.reconcileRefused(error.reason);
      return -1;
    }
  }

  return async function reconcile(): Promise<Record<string, number>> {
    using _heartbeats = startHeartbeats();
    const counts: Partial<Record<ReconcilePart, number>> = {};
    for (const name of RECONCILE_PARTS) {
      if (Context.current().cancellationSignal.aborted) break;
      counts[name] = await act(name);
    }
    measurements.reconciled(counts);
    if (Object.values(counts).some((count) => count !== 0)) log.info({ counts }, 'reconciled');
    return counts;
  };
}
