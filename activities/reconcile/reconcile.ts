import { Context } from '@temporalio/activity';
import type { AbandonDeps } from '../abandon.ts';
import type { Measurements } from '../measurements.ts';
import type { GenerationRef } from '../steps.ts';
import type { Courier } from '../webhooks/courier.ts';
import type { WorkflowControl } from '../workflow-control.ts';
import { expireUploads } from './expire-uploads.ts';
import { raiseWaiting } from './raise-waiting.ts';
import { resumeErasures } from './resume-erasures.ts';
import { settleAbandoned } from './settle-abandoned.ts';
import { startAcceptedBatches } from './start-accepted-batches.ts';
import { startAccepted } from './start-accepted.ts';
import { forgetOldMessages, startForgottenDeliveries } from './start-forgotten-deliveries.ts';
import { sweepObjects } from './sweep-objects.ts';
import { dropUnansweredBatches } from '../../drizzle/queries/batch-progress.ts';
import { dropUnanswered } from '../../drizzle/queries/generation-sweep.ts';

export interface ReconcileDeps extends AbandonDeps {
  readonly workflows: WorkflowControl;
  readonly courier: Courier;
  readonly measurements: Measurements;
  readonly abandon: (ref: GenerationRef) => Promise<void>;
  /** Rows that nobody touched for this long are looked at. */
  readonly reconcileAfterMs: number;
}

/** An intent that was never answered is no promise to anybody: the caller saw an error and may send it again. */
const UNANSWERED_AFTER_MS = 10 * 60_000;
const ROUND = 500;

/**
 * Makes true what a terminated, reset, lost or never started workflow left undone. Each part is bounded and safe beside
 * a running workflow; a part that fails does not keep the others from their work.
 *
 * @returns how many rows each part acted on, -1 where a part failed
 */
export function createReconcile(deps: ReconcileDeps) {
  const parts: Record<string, () => Promise<number>> = {
    started: () => startAccepted(deps),
    startedBatches: () => startAcceptedBatches(deps),
    settled: () => settleAbandoned(deps),
    raised: () => raiseWaiting(deps),
    dropped: () => dropUnanswered(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: ROUND }),
    droppedBatches: () => dropUnansweredBatches(deps.database, { olderThanMs: UNANSWERED_AFTER_MS, limit: ROUND }),
    told: () => startForgottenDeliveries(deps),
    forgot: () => forgetOldMessages(deps),
    swept: () => sweepObjects(deps),
    expired: () => expireUploads(deps),
    erased: () => resumeErasures(deps),
  };
  return async function reconcile(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [name, part] of Object.entries(parts)) {
      if (Context.current().cancellationSignal.aborted) break;
      try {
        counts[name] = await part();
      } catch (error) {
        deps.log.error({ err: error, part: name }, 'a part of the reconciling failed');
        counts[name] = -1;
      }
    }
    if (Object.values(counts).some((count) => count !== 0)) deps.log.info({ counts }, 'reconciled');
    return counts;
  };
}
