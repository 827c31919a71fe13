import type { Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import type { generateAvatar } from '#workflows/generate-avatar/generate-avatar.ts';
import type { generateBatch } from '#workflows/generate-batch/generate-batch.ts';
import { admitted } from '#workflows/generate-avatar/messages.ts';

/** A person waits for the outcome this long; after that the answer is "accepted", and the outcome comes over SSE. */
const ADMISSION_WAIT_MS = 3_000;

/**
 * Starts or joins the workflow and waits for the outcome of its admission.
 * @returns undefined when none came in {@link ADMISSION_WAIT_MS}. Any failure here means "no outcome yet": the row says that
 *   it was accepted, and the reconciler starts what never started.
 */
export async function awaitAdmission(
  client: Client,
  startWorkflowOperation: WithStartWorkflowOperation<typeof generateAvatar | typeof generateBatch>,
  updateId: string,
): Promise<AdmissionOutcome | undefined> {
  const waited = new AbortController();
  const timer = setTimeout(() => waited.abort(), ADMISSION_WAIT_MS);
  const update = () => client.workflow.executeUpdateWithStart(admitted, { startWorkflowOperation, updateId });
  try {
    return await client.connection.withDeadline(Date.now() + ADMISSION_WAIT_MS, () =>
      client.connection.withAbortSignal(waited.signal, update),
    );
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
