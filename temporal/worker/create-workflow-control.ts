import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { WorkflowControl, WorkflowState } from '#activities/workflow-control.ts';
import { batchWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import type { GenerationWorkflows } from '../client/generation-workflows.ts';

const CALL_TIMEOUT_MS = 3_000;

/** Implements the activities' port to Temporal itself. */
export function createWorkflowControl(client: Client, generations: GenerationWorkflows): WorkflowControl {
  const within = <Result>(call: () => Promise<Result>) =>
    client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, call);
  const stateOf = async (workflowId: string): Promise<WorkflowState> => {
    try {
      const { status } = await within(() => client.workflow.getHandle(workflowId).describe());
      return status.name === 'RUNNING' ? 'running' : 'closed';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'unknown';
      throw error;
    }
  };
  const terminate = async (workflowId: string, reason: string): Promise<boolean> => {
    try {
      await within(() => client.workflow.getHandle(workflowId).terminate(reason));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
  return {
    start: (start) => generations.start(start),
    startBatch: (start) => generations.batches.start(start),
    cancel: (generationId, request) => generations.cancel(generationId, request),
    erase: (accountId) => generations.erasures.start(accountId),
    setPriority: (generationId, priority) => generations.setPriority(generationId, priority),
    batchStateOf: (batchId) => stateOf(batchWorkflowId(batchId)),
    stateOf: (generationId) => stateOf(generationWorkflowId(generationId)),
    terminate: (generationId, reason) => terminate(generationWorkflowId(generationId), reason),
    terminateBatch: (batchId, reason) => terminate(batchWorkflowId(batchId), reason),
    /** Supported by servers from 1.30 on, which ignore it for a running activity. */
    async setActivityPriority(generationId, activityId, priority) {
      await within(() =>
        client.workflowService.updateActivityOptions({
          namespace: client.options.namespace,
          execution: { workflowId: generationWorkflowId(generationId) },
          id: activityId,
          activityOptions: { priority: { priorityKey: priority } },
          updateMask: { paths: ['priority.priority_key'] },
        }),
      );
    },
  };
}
