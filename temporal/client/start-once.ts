import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { StartResult } from '#activities/workflow-control.ts';
import { TemporalUnavailable } from './temporal-unavailable.ts';

/** A start is one transaction of the server: one that takes longer waits for a database that is away, ms. */
const START_TIMEOUT_MS = 3_000;
const ONE_AT_A_TIME = { workflowIdConflictPolicy: 'FAIL' } as const;

/**
 * Starts a workflow unless it runs. The caller learns which, and does not wait for any of the workflow's own work.
 * @throws TemporalUnavailable
 */
export async function startOnce(
  client: Client,
  start: (policy: typeof ONE_AT_A_TIME) => Promise<unknown>,
): Promise<StartResult> {
  try {
    await client.connection.withDeadline(Date.now() + START_TIMEOUT_MS, () => start(ONE_AT_A_TIME));
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
    throw new TemporalUnavailable('Temporal did not start the workflow', { cause: error });
  }
}
