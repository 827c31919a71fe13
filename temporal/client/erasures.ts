import type { Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { erasureWorkflowId } from '#domain/generation/workflow-id.ts';
import type { eraseAccount } from '#workflows/removal/erase-account.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** Somebody waits for the answer to a DELETE; without Temporal the reconciler begins, later. */
const CALL_TIMEOUT_MS = 2_000;

/** Has everything of an erased account removed. */
export interface Erasures {
  /**
   * To be called once the account is erased in the database; joins the one that runs.
   * @returns false when Temporal did not take it: then the reconciler does it again
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
