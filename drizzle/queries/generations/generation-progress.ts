import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Refusal } from '#domain/generation/failure.ts';
import { type Stage, UNFINISHED_STATUSES } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Generation, toGeneration } from './generation-row.ts';

/**
 * The caller is told 202 without an outcome: from now on the request shows, and the reconciler starts it.
 * @returns the row as it is now, in whatever status
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
 * Admission said no: the reason stays on the row and the next admission has another number. Counted once per
 * `admissionNumber`, however often it is called.
 * @returns the number of the next admission; undefined when the row is no longer requested
 */
export async function markRefused(
  database: Database,
  {
    id,
    admissionNumber,
    refusal,
  }: { readonly id: string; readonly admissionNumber: number; readonly refusal: Refusal },
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
 * What an unfinished generation is doing now. The first call makes it `processing`; saying the same twice changes nothing.
 * @returns false when it is not unfinished (any more): whoever works on it should stop
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
 * Moves a waiting generation to another level of the queue.
 * @returns false when it is not waiting (any more)
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

/** Notes that a cancel was asked for; attempts that begin later carry the mark. Says nothing about final ones. */
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
