import type { Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { erasureWorkflowId } from '#domain/generation/workflow-id.ts';
import type { eraseAccount } from '#workflows/removal/erase-account.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** The response to a DELETE waits for this; without Temporal, the reconciler starts the workflow later. */
const CALL_TIMEOUT_MS = 2_000;

/** Starts the erasure of an account's data. */
export interface Erasures {
  /**
   * Call this after the account was erased in the database. Joins a running workflow.
   * @returns false if Temporal is unavailable: then the reconciler starts it later
   */
  start(accountId: string): Promise<boolean>;
}

export function createErasures({ client, queues }: { client: Client; queues: TaskQueues }): Erasures {
  return {
    async start(accountId) {
      try {
        await client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
          client.workflow.start<typeof eraseAccount>('eraseAccount', {
            workflowId: erasureWorkflowId(accountId),
            taskQueue: queues.workflows,
            args: [{ accountId }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: 'Erases an account',
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
