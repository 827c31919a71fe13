import { and, eq, inArray, isNull, ne, sql } from '../../orm.ts';
import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import { type Stage, UNFINISHED_STATUSES } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Generation, toGeneration } from './generation-row.ts';

/**
 * The request is answered with 202, before its outcome is known: from now on it is visible, and the reconciler starts it.
 * @returns the current row, in any status
 */
export async function markAccepted(database: Database, id: string): Promise<Generation | undefined> {
  await retrying(() =>
    database.db
      .update(generations)
      .set({ acceptedAt: sql`now()` })
      .where(and(eq(generations.id, id), eq(generations.status, 'requested'), isNull(generations.acceptedAt))),
  );
  const [row] = await retrying(() => database.db.select().from(generations).where(eq(generations.id, id)));
  return row && toGeneration(row);
}

/**
 * Stores the refusal of a generation and increments its admission number. Once per `admissionNumber`, however often it is called.
 * @returns the number of the next admission; undefined if the status is no longer `requested`
 */
export async function markRefused(
  database: Database,
  {
    id,
    admissionNumber,
    refusal,
  }: { readonly id: string; readonly admissionNumber: number; readonly refusal: AdmissionRefusal },
): Promise<number | undefined> {
  await retrying(() =>
    database.db
      .update(generations)
      .set({ refusal, admissionNumber: admissionNumber + 1 })
      .where(
        and(
          eq(generations.id, id),
          eq(generations.status, 'requested'),
          eq(generations.admissionNumber, admissionNumber),
        ),
      ),
  );
  const [row] = await retrying(() =>
    database.db
      .select({ status: generations.status, admissionNumber: generations.admissionNumber })
      .from(generations)
      .where(eq(generations.id, id)),
  );
  return row?.status === 'requested' ? row.admissionNumber : undefined;
}

export interface Progress {
  readonly stage: Stage;
  readonly provider?: ProviderName | undefined;
  readonly model?: string | undefined;
}

/**
 * Stores the current stage of an unfinished generation. The first call makes it `processing`; a repeat changes nothing.
 * @returns false if it is not admitted or has ended: the caller should stop working on it
 */
export async function markProcessing(database: Database, id: string, progress: Progress): Promise<boolean> {
  const { stage, provider, model } = progress;
  const moved = await database.call(
    'generations.progress',
    `UPDATE avatar_generations SET status = 'processing', stage = $2, provider = coalesce($3, provider), model = coalesce($4, model)
     WHERE id = $1 AND status IN ('pending', 'processing')
       AND (status, stage, provider, model) IS DISTINCT FROM ('processing', $2, coalesce($3, provider), coalesce($4, model))
     RETURNING id`,
    [id, stage, provider ?? null, model ?? null],
  );
  if (moved.length === 1) return true;
  const unfinished = and(eq(generations.id, id), inArray(generations.status, [...UNFINISHED_STATUSES]));
  return (await retrying(() => database.db.$count(generations, unfinished))) === 1;
}

/**
 * Moves a waiting generation to another priority of the queue.
 * @returns false if it is not waiting
 */
export async function setPriority(database: Database, id: string, priority: PriorityKey): Promise<boolean> {
  const waiting = and(eq(generations.id, id), inArray(generations.status, ['requested', 'pending']));
  await retrying(() =>
    database.db
      .update(generations)
      .set({ priority })
      .where(and(waiting, ne(generations.priority, priority))),
  );
  const rows = await retrying(() => database.db.select({ id: generations.id }).from(generations).where(waiting));
  return rows.length === 1;
}

/** Marks an unfinished generation as to be cancelled; later attempts have the mark, too. Keeps an earlier reason. */
export async function markCancelRequested(database: Database, id: string, reason?: string): Promise<void> {
  await retrying(() =>
    database.db
      .update(generations)
      .set({ cancelRequestedAt: sql`now()`, cancelReason: reason ?? null })
      .where(
        and(
          eq(generations.id, id),
          inArray(generations.status, ['requested', ...UNFINISHED_STATUSES]),
          isNull(generations.cancelRequestedAt),
        ),
      ),
  );
}
