import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** One round handles a bounded number of rows; the next round handles the rest. */
const { reconcile: reconcileRound } = proxyActivities<Pick<PublishActivities, 'reconcile'>>({
  startToCloseTimeout: '2 minutes',
  // Rounds never overlap: without it, a killed worker's round would stop all repair for two minutes. Short rounds send none.
  heartbeatTimeout: '15 seconds',
  cancellationType: 'TRY_CANCEL',
  // The Schedule runs it again in 30 seconds, so a third try would not help.
  retry: { maximumAttempts: 2 },
});

/** Repairs what a crash left behind: see activities/reconcile. Started by its Schedule, one run at a time. */
export async function reconcile(): Promise<Record<string, number>> {
  return reconcileRound();
}
