import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** Two calls of five seconds to each, all at the same time. */
const { checkProviders: checkAll } = proxyActivities<Pick<PublishActivities, 'checkProviders'>>({
  startToCloseTimeout: '30 seconds',
  cancellationType: 'TRY_CANCEL',
  // The Schedule comes again in a minute.
  retry: { maximumAttempts: 1 },
});

/** Asks each provider something free, so that an outage is known before anybody orders. Started by its Schedule. */
export async function checkProviders(): Promise<Record<string, string>> {
  return checkAll();
}
