import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { WebhookActivities } from '#activities/create-activities.ts';
import { DELIVERY_PERIOD_MS } from '#domain/account/webhook.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

export interface DeliverWebhookInput {
  readonly deliveryId: string;
  readonly accountId: string;
}

/** After a failure of ours, which must not delay a delivery for long. After a failure of the receiver's, the activity sets the pause. */
const TRIES = { initialInterval: '10s', backoffCoefficient: 1 } as const;
/** The sender's timeout is ten seconds; the rest is for the database. */
const TRY_TIMEOUT = '30s';

/** Sends one webhook delivery to the user's server; dead-letters it after a day. Closes with the delivery's final state. */
export async function deliverWebhook({ deliveryId, accountId }: DeliverWebhookInput): Promise<string> {
  const taskQueue = siblingTaskQueues(workflowInfo().taskQueue).webhooks;
  // Fairness by account: one user's slow server must not delay other users' deliveries.
  const { tryDelivery } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: TRY_TIMEOUT,
    scheduleToCloseTimeout: DELIVERY_PERIOD_MS,
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
