import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Batch, readBatch } from './batches.ts';

/**
 * The request is answered with 202, before its outcome is known: from now on the batch and its members are visible, and the reconciler
 * starts it. The batch is updated first: visible members of a batch that is not accepted would never be started.
 * @returns the current row
 */
export async function markBatchAccepted(database: Database, id: string): Promise<Batch | undefined> {
  await database.call(
    'batches.accept',
    'UPDATE batches SET accepted_at = now() WHERE id = $1 AND accepted_at IS NULL AND admitted_at IS NULL',
    [id],
  );
  await database.call(
    'batches.acceptMembers',
    `UPDATE avatar_generations SET accepted_at = now() WHERE batch_id = $1 AND status = 'requested' AND accepted_at IS NULL`,
    [id],
  );
  return readBatch(database, id);
}

/**
 * Stores the refusal of a batch, on its members too, and increments its admission number. Once per `admissionNumber`.
 * @returns the number of the next admission; undefined if the batch was admitted in the meantime
 */
export async function markBatchRefused(
  database: Database,
  {
    id,
    admissionNumber,
    refusal,
  }: { readonly id: string; readonly admissionNumber: number; readonly refusal: AdmissionRefusal },
): Promise<number | undefined> {
  await database.call(
    'batches.refuse',
    `UPDATE batches SET refusal = $3, admission_number = admission_number + 1
     WHERE id = $1 AND admission_number = $2 AND admitted_at IS NULL`,
    [id, admissionNumber, refusal],
  );
  await database.call(
    'batches.refuseMembers',
    `UPDATE avatar_generations g SET refusal = b.refusal FROM batches b
     WHERE b.id = $1 AND g.batch_id = b.id AND b.admitted_at IS NULL AND g.status = 'requested' AND g.refusal IS DISTINCT FROM b.refusal`,
    [id],
  );
  const batch = await readBatch(database, id);
  return batch && batch.admittedAt === null ? batch.admissionNumber : undefined;
}

/** Marks a batch and its unfinished members as to be cancelled; later attempts have the mark, too. */
export async function markBatchCancelled(database: Database, id: string, reason?: string): Promise<void> {
  await database.call(
    'batches.cancel',
    'UPDATE batches SET cancelled_at = now() WHERE id = $1 AND cancelled_at IS NULL',
    [id],
  );
  await database.call(
    'batches.cancelMembers',
    `UPDATE avatar_generations SET cancel_requested_at = now(), cancel_reason = $2
     WHERE batch_id = $1 AND status IN ('requested', 'pending', 'processing') AND cancel_requested_at IS NULL`,
    [id, reason ?? null],
  );
}

/**
 * Notes that a batch's workflow runs although it should have admitted its members long ago, and whether this was noted before.
 * @returns true if that was `confirmMs` ago and the batch is still not admitted: then the workflow is stuck
 */
export async function markBatchOverdue(
  database: Database,
  { id, confirmMs }: { readonly id: string; readonly confirmMs: number },
): Promise<boolean> {
  // A mark from before the batch was accepted says that it was not answered, and nothing of its workflow.
  await database.call(
    'batches.markOverdue',
    `UPDATE batches SET overdue_at = now() WHERE id = $1 AND admitted_at IS NULL AND (overdue_at IS NULL OR overdue_at < accepted_at)`,
    [id],
  );
  const rows = await database.call(
    'batches.overdue',
    `SELECT FROM batches WHERE id = $1 AND admitted_at IS NULL AND overdue_at <= now() - $2 * interval '1 millisecond'`,
    [id, confirmMs],
  );
  return rows.length === 1;
}

/** Another workflow was started, which has its own time. */
export async function clearBatchOverdue(database: Database, id: string): Promise<void> {
  await database.call('batches.clearOverdue', 'UPDATE batches SET overdue_at = NULL WHERE id = $1', [id]);
}

/** Deletes batches whose request was never answered, each with all of its members. @returns how many */
export async function deleteUnansweredBatches(
  database: Database,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<number> {
  const [row] = await database.call<{ deleted: number }>(
    'batches.deleteUnanswered',
    'SELECT delete_unanswered_batches($1, $2)::int AS deleted',
    [olderThanMs, limit],
  );
  return row?.deleted ?? 0;
}
