import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { GenerationStart, StartResult } from '#activities/workflow-control.ts';
import type { WorkflowStatus } from '#contract/generation.ts';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';
import { admissionUpdateId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import type { generateAvatar } from '#workflows/generate-avatar/generate-avatar.ts';
import { cancel, setPriority, status } from '#workflows/generate-avatar/messages.ts';
import { ADMISSION_WAIT_MS, awaitAdmission } from './await-admission.ts';
import { createBatchWorkflows, type BatchWorkflows } from './batch-workflows.ts';
import { createErasures, type Erasures } from './erasures.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
import { startOnce } from './start-once.ts';
import { TemporalUnavailable } from './temporal-unavailable.ts';

/** Signals, queries and descriptions: an unavailable Temporal is reported within this, ms. */
const CALL_TIMEOUT_MS = 3_000;
/** Longer than any tier's deadline and settlement. A last resort, because it skips compensation. */
const WORKFLOW_EXECUTION_TIMEOUT = '6 hours';

/** Starts, signals and queries generation workflows, for the API and the reconciler. */
export interface GenerationWorkflows {
  /** Update-with-start. @returns undefined without an outcome in time: no worker, or Temporal is unavailable */
  admit(start: GenerationStart): Promise<AdmissionOutcome | undefined>;
  /** Starts the workflow and does not wait for its admission. @throws TemporalUnavailable */
  start(start: GenerationStart): Promise<StartResult>;
  /** @returns false if no such workflow is running. @throws TemporalUnavailable */
  cancel(generationId: string, request: CancelRequest): Promise<boolean>;
  /** @returns false if no such workflow is running. @throws TemporalUnavailable */
  setPriority(generationId: string, priority: PriorityKey): Promise<boolean>;
  /** Temporal's description of the workflow and its own status. @throws TemporalUnavailable */
  status(generationId: string): Promise<WorkflowStatus>;
  /** @throws TemporalUnavailable */
  healthCheck(): Promise<void>;
  readonly batches: BatchWorkflows;
  readonly erasures: Erasures;
}

export interface GenerationWorkflowsDeps {
  readonly client: Client;
  readonly queues: TaskQueues;
  /** Base address of the Temporal UI, for operators' links. */
  readonly operatorUrl?: string | undefined;
  /** How long a caller waits for its outcome, ms; tests wait longer than users. */
  readonly admissionWaitMs?: number;
}

export function createGenerationWorkflows({
  client,
  queues,
  operatorUrl,
  admissionWaitMs = ADMISSION_WAIT_MS,
}: GenerationWorkflowsDeps): GenerationWorkflows {
  const workflowOf = (generationId: string): WorkflowHandle<typeof generateAvatar> =>
    client.workflow.getHandle(generationWorkflowId(generationId));
  const within = <Result>(call: () => Promise<Result>) =>
    client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, call);

  /** Sends a signal. A missing workflow is a result; any other error means that Temporal is unavailable. */
  async function send(call: () => Promise<void>): Promise<boolean> {
    try {
      await within(call);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw new TemporalUnavailable('Temporal did not accept the signal', { cause: error });
    }
  }

  return {
    admit: (start) =>
      awaitAdmission(
        client,
        new WithStartWorkflowOperation<typeof generateAvatar>('generateAvatar', {
          ...startOptions(queues, start),
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
        admissionUpdateId(start.generationId, start.createdAt, start.admissionNumber),
        admissionWaitMs,
      ),
    start: (start) =>
      startOnce(client, (policy) =>
        client.workflow.start<typeof generateAvatar>('generateAvatar', { ...startOptions(queues, start), ...policy }),
      ),
    cancel: (generationId, request) => send(() => workflowOf(generationId).signal(cancel, request)),
    setPriority: (generationId, priority) => send(() => workflowOf(generationId).signal(setPriority, priority)),
    status: (generationId) => statusOf(workflowOf(generationId), within, operatorLink(client, operatorUrl)),
    async healthCheck() {
      try {
        await within(() => client.workflowService.getSystemInfo({}));
      } catch (error) {
        throw new TemporalUnavailable('Temporal does not respond', { cause: error });
      }
    },
    batches: createBatchWorkflows({ client, queues, admissionWaitMs, send }),
    erasures: createErasures({ client, queues }),
  };
}

function startOptions(
  { workflows }: TaskQueues,
  { generationId, accountId, projectId, tier, sourceType, priority }: GenerationStart,
) {
  return {
    workflowId: generationWorkflowId(generationId),
    taskQueue: workflows,
    args: [{ generationId, accountId, tier, sourceType, priority }] as Parameters<typeof generateAvatar>,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowExecutionTimeout: WORKFLOW_EXECUTION_TIMEOUT,
    priority: { priorityKey: priority, fairnessKey: accountId },
    staticSummary: `Avatar, ${sourceType.replaceAll('_', ' ')}, ${tier}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.accountId, value: accountId },
      { key: SEARCH_ATTRIBUTES.projectId, value: projectId },
      { key: SEARCH_ATTRIBUTES.sourceType, value: sourceType },
      { key: SEARCH_ATTRIBUTES.tier, value: tier },
    ],
  };
}

async function statusOf(
  handle: WorkflowHandle<typeof generateAvatar>,
  within: <Result>(call: () => Promise<Result>) => Promise<Result>,
  link: (workflowId: string, runId: string) => string | null,
): Promise<WorkflowStatus> {
  const { workflowId } = handle;
  try {
    const description = await within(() => handle.describe());
    // A query needs a worker; without one, return the description alone.
    const ownStatus = await within(() => handle.query(status)).catch(() => null);
    const { runId } = description;
    return {
      workflowId,
      runId,
      state: description.status.name,
      status: ownStatus,
      operatorUrl: link(workflowId, runId),
    };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError))
      throw new TemporalUnavailable('Temporal does not respond', { cause: error });
    return { workflowId, runId: null, state: 'UNKNOWN', status: null, operatorUrl: null };
  }
}

function operatorLink(client: Client, operatorUrl: string | undefined) {
  return (workflowId: string, runId: string) =>
    operatorUrl ? `${operatorUrl}/namespaces/${client.options.namespace}/workflows/${workflowId}/${runId}` : null;
}
