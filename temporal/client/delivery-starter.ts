import type { Client } from '@temporalio/client';
import type { WebhookSender } from '#activities/webhooks/webhook-sender.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { deliveryWorkflowId } from '#domain/generation/workflow-id.ts';
import type { deliverWebhook } from '#workflows/webhooks/deliver-webhook.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

const CALL_TIMEOUT_MS = 3_000;

/** Starts the workflow of a webhook delivery. Any number of calls start one workflow, because its id is the delivery's. */
export function createDeliveryStarter({
  client,
  queues,
}: {
  client: Client;
  queues: TaskQueues;
}): WebhookSender['startDelivery'] {
  return async ({ id, accountId }) => {
    await client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      client.workflow.start<typeof deliverWebhook>('deliverWebhook', {
        workflowId: deliveryWorkflowId(id),
        taskQueue: queues.workflows,
        args: [{ deliveryId: id, accountId }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: 'Sends a webhook delivery',
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.accountId, value: accountId }],
      }),
    );
  };
}
