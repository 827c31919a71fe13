import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** One round looks at a bounded number of rows; what is left waits for the next. */
const { reconcile: reconcileRound } = proxyActivities<Pick<PublishActivities, 'reconcile'>>({
  startToCloseTimeout: '2 minutes',
  cancellationType: 'TRY_CANCEL',
  // The Schedule comes again in half a minute; a round that fails twice is not worth a third.
  retry: { maximumAttempts: 2 },
});

/** Settles what was left behind: see activities/reconcile. Started by its Schedule, one at a time. */
export async function reconcile(): Promise<Record<string, number>> {
  return reconcileRound();
}
