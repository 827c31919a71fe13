import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { BatchStart, StartResult } from '#activities/workflow-control.ts';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { admissionUpdateId, batchWorkflowId } from '#domain/generation/workflow-id.ts';
import type { generateBatch } from '#workflows/generate-batch/generate-batch.ts';
import { cancel } from '#workflows/generate-avatar/messages.ts';
import { awaitAdmission } from './await-admission.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
import { startOnce } from './start-once.ts';

/** Longer than that of its members, so that the batch closes with all of their outcomes. */
const WORKFLOW_EXECUTION_TIMEOUT = '7 hours';

/** Starts and cancels batch workflows, for the API and the reconciler. */
export interface BatchWorkflows {
  /** Update-with-start. @returns undefined without an outcome in time: no worker, or Temporal is unavailable */
  admit(start: BatchStart): Promise<AdmissionOutcome | undefined>;
  /** @throws TemporalUnavailable */
  start(start: BatchStart): Promise<StartResult>;
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
    admit: (start) =>
      awaitAdmission(
        client,
        new WithStartWorkflowOperation<typeof generateBatch>('generateBatch', {
          ...startOptions(queues, start),
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
        admissionUpdateId(start.batchId, start.createdAt, start.admissionNumber),
        admissionWaitMs,
      ),
    start: (start) =>
      startOnce(client, (policy) =>
        client.workflow.start<typeof generateBatch>('generateBatch', { ...startOptions(queues, start), ...policy }),
      ),
    cancel: (batchId, request) =>
      send(() => client.workflow.getHandle(batchWorkflowId(batchId)).signal(cancel, request)),
  };
}

function startOptions({ workflows }: TaskQueues, { batchId, accountId, projectId, tier, priority }: BatchStart) {
  return {
    workflowId: batchWorkflowId(batchId),
    taskQueue: workflows,
    args: [{ batchId, accountId, tier }] as Parameters<typeof generateBatch>,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowExecutionTimeout: WORKFLOW_EXECUTION_TIMEOUT,
    priority: { priorityKey: priority, fairnessKey: accountId },
    staticSummary: `Batch, ${tier}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.accountId, value: accountId },
      { key: SEARCH_ATTRIBUTES.projectId, value: projectId },
      { key: SEARCH_ATTRIBUTES.tier, value: tier },
    ],
  };
}
