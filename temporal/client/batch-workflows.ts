import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { BatchStart } from '#activities/workflow-control.ts';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { admissionUpdateId, batchWorkflowId } from '#domain/generation/workflow-id.ts';
import type { generateBatch } from '#workflows/generate-batch/generate-batch.ts';
import { cancel } from '#workflows/generate-avatar/messages.ts';
import { awaitAdmission } from './await-admission.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** Longer than that of its members, so that the batch closes with all of their outcomes. */
const WORKFLOW_EXECUTION_TIMEOUT = '7 hours';

/** Starts and cancels batch workflows, for the API and the reconciler. */
export interface BatchWorkflows {
  /** Update-with-start. @returns undefined without an outcome in time: no worker, or Temporal is unavailable */
  admit(start: BatchStart): Promise<AdmissionOutcome | undefined>;
  /** Cancels its unfinished members. @returns false if no such workflow is running. @throws TemporalUnavailable */
  cancel(batchId: string, request: CancelRequest): Promise<boolean>;
}

export interface BatchWorkflowsDeps {
  readonly client: Client;
  readonly queues: TaskQueues;
  readonly admissionWaitMs: number;
  /** Sends a signal within a time limit. @returns false if no such workflow is running */
  readonly send: (call: () => Promise<void>) => Promise<boolean>;
}

export function createBatchWorkflows({ client, queues, admissionWaitMs, send }: BatchWorkflowsDeps): BatchWorkflows {
  return {
    admit: ({ batchId, createdAt, accountId, projectId, tier, priority, admissionNumber }) =>
      awaitAdmission(
        client,
        new WithStartWorkflowOperation<typeof generateBatch>('generateBatch', {
          workflowId: batchWorkflowId(batchId),
          taskQueue: queues.workflows,
          args: [{ batchId, accountId, tier }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowExecutionTimeout: WORKFLOW_EXECUTION_TIMEOUT,
          priority: { priorityKey: priority, fairnessKey: accountId },
          staticSummary: `Batch, ${tier}`,
          typedSearchAttributes: [
            { key: SEARCH_ATTRIBUTES.accountId, value: accountId },
            { key: SEARCH_ATTRIBUTES.projectId, value: projectId },
            { key: SEARCH_ATTRIBUTES.tier, value: tier },
          ],
        }),
        admissionUpdateId(batchId, createdAt, admissionNumber),
        admissionWaitMs,
      ),
    cancel: (batchId, request) =>
      send(() => client.workflow.getHandle(batchWorkflowId(batchId)).signal(cancel, request)),
  };
}
