import type { Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { removalWorkflowId } from '#domain/generation/workflow-id.ts';
import { remove, type RemovalInput, type RemovalRequest } from '#workflows/removal/messages.ts';
import type { removeObjects } from '#workflows/removal/remove-objects.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** The response to a DELETE waits for this; without Temporal, the sweep removes the objects later. */
const CALL_TIMEOUT_MS = 2_000;

/** Starts the removal of an account's objects whose rows were deleted. */
export interface ObjectRemoval {
  /**
   * Call this after the rows were deleted. Any number of calls for one account start one workflow.
   * @returns false if Temporal is unavailable: then the reconciler's sweep finds the objects
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
            staticSummary: 'Removes objects of deleted avatars and generations',
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
