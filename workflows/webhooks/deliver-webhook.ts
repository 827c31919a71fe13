import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { WebhookActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

export interface DeliverWebhookInput {
  readonly deliveryId: string;
  readonly accountId: string;
}

/** Tries are 10 s apart at first and three hours at last: about fourteen in the day. */
const TRIES = { initialInterval: '10s', backoffCoefficient: 3, maximumInterval: '3 hours' } as const;
const DEAD_AFTER = '24 hours';
/** The sender gives up after ten seconds; the rest is the database's. */
const TRY_TIMEOUT = '30s';

/** Tells a person's own server one thing, and gives up after a day. Closes with how it ended. */
export async function deliverWebhook({ deliveryId, accountId }: DeliverWebhookInput): Promise<string> {
  const taskQueue = siblingTaskQueues(workflowInfo().taskQueue).webhooks;
  // One person's slow server must not keep others waiting: each account in turn.
  const { tryDelivery } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: TRY_TIMEOUT,
    scheduleToCloseTimeout: DEAD_AFTER,
    cancellationType: 'TRY_CANCEL',
    retry: TRIES,
    allowEagerDispatch: false,
    priority: { fairnessKey: accountId },
  });
  const { deadLetterOldDelivery } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: TRY_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { maximumInterval: '1 minute' },
  });
  try {
    return await tryDelivery({ deliveryId });
  } catch {
    return deadLetterOldDelivery({ deliveryId });
  }
}
