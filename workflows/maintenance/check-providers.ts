import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** Two calls to each provider with a timeout of five seconds; all providers in parallel. */
const { checkProviders: checkAll } = proxyActivities<Pick<PublishActivities, 'checkProviders'>>({
  startToCloseTimeout: '30 seconds',
  cancellationType: 'TRY_CANCEL',
  // The Schedule runs it again in a minute.
  retry: { maximumAttempts: 1 },
});

/** Sends each provider a free request, so that an outage is noticed before a paid one. Started by its Schedule. */
export async function checkProviders(): Promise<Record<string, string>> {
  return checkAll();
}
