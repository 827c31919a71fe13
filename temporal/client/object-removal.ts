import type { Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { remove, type RemovalInput, type RemovalRequest } from '#workflows/removal/messages.ts';
import type { removeObjects } from '#workflows/removal/remove-objects.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** Somebody waits for the answer to a DELETE; without Temporal the sweep does the same, later. */
const CALL_TIMEOUT_MS = 2_000;

/** Has objects removed that nobody owns any more. */
export interface ObjectRemoval {
  /**
   * To be called after the rows are gone. Any number of calls for one account make one workflow.
   * @returns false when Temporal did not take it: then the reconciler's sweep finds the objects
   */
  request(input: RemovalInput & RemovalRequest): Promise<boolean>;
}

export function createObjectRemoval({ client, queues }: { client: Client; queues: TaskQueues }): ObjectRemoval {
  return {
    async request({ accountId, ...input }) {
      try {
        await client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
          client.workflow.signalWithStart<typeof removeObjects, [RemovalRequest]>('removeObjects', {
            workflowId: removalWorkflowId(accountId),
            taskQueue: queues.workflows,
            args: [{ accountId }],
            signal: remove,
            signalArgs: [input],
            staticSummary: 'Removes objects that nobody owns any more',
            typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.accountId, value: accountId }],
          }),
        );
        return true;
      } catch {
        return false;
      }
    },
  };
}
