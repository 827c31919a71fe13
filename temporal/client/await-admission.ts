import type { Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import type { generateAvatar } from '#workflows/generate-avatar/generate-avatar.ts';
import type { generateBatch } from '#workflows/generate-batch/generate-batch.ts';
import { admitted } from '#workflows/generate-avatar/messages.ts';

/** How long a caller waits for the outcome. After that the response is 202, and the outcome arrives over SSE. */
export const ADMISSION_WAIT_MS = 3_000;

/**
 * Starts or joins the workflow and waits for the outcome of its admission.
 * @returns undefined without an outcome in time. Any failure means "no outcome yet": the row is marked as
 *   accepted, and the reconciler starts a workflow that did not start.
 */
export async function awaitAdmission(
  client: Client,
  startWorkflowOperation: WithStartWorkflowOperation<typeof generateAvatar | typeof generateBatch>,
  updateId: string,
  waitMs: number,
): Promise<AdmissionOutcome | undefined> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), waitMs);
  const update = () => client.workflow.executeUpdateWithStart(admitted, { startWorkflowOperation, updateId });
  try {
    return await client.connection.withDeadline(Date.now() + waitMs, () =>
      client.connection.withAbortSignal(timeout.signal, update),
    );
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
