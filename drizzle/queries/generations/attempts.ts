import { and, asc, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '#domain/generation/attempt.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { attempts } from '#drizzle/schema/attempts.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';

/** One paid call and its result. */
export interface Attempt {
  readonly id: string;
  readonly generationId: string;
  readonly ordinal: number;
  readonly provider: ProviderName;
  readonly model: string;
  readonly externalId: string | null;
  readonly state: AttemptState;
  readonly cancelRequestedAt: Date | null;
  readonly stagedObject: string | null;
  readonly credit: string | null;
  readonly notDrawn: string[];
  readonly costUsd: number | null;
  readonly latencyMs: number | null;
  readonly failure: { readonly kind: ProviderFailureKind; readonly message: string } | null;
  readonly createdAt: Date;
  /** Just before the paid call was sent; no older job can belong to it. */
  readonly submittingAt: Date | null;
  readonly submittedAt: Date | null;
  /** When the provider's callback arrived. */
  readonly calledBackAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface NewAttempt {
  readonly generationId: string;
  /** Index in the generation's plan, from 0: the same ordinal is the same attempt. */
  readonly ordinal: number;
  readonly provider: ProviderName;
  readonly model: string;
}

export async function readAttempt(database: Database, id: string): Promise<Attempt | undefined> {
  const [row] = await retrying(() => database.db.select().from(attempts).where(eq(attempts.id, id)));
  return row && toAttempt(row);
}

/** The attempts of these generations, by generation and ordinal. */
export async function listAttempts(database: Database, generationIds: readonly string[]): Promise<Attempt[]> {
  if (generationIds.length === 0) return [];
  const rows = await retrying(() =>
    database.db
      .select()
      .from(attempts)
      .where(inArray(attempts.generationId, [...generationIds]))
      .orderBy(asc(attempts.generationId), asc(attempts.ordinal)),
  );
  return rows.map(toAttempt);
}

/** Attempts that have been open for this long: their worker died, or their provider hangs. Oldest first. */
export async function listOpenAttempts(
  database: Database,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<Attempt[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(attempts)
      .where(
        and(
          inArray(attempts.state, [...OPEN_ATTEMPT_STATES]),
          lt(attempts.createdAt, sql`now() - ${olderThanMs} * interval '1 millisecond'`),
        ),
      )
      .orderBy(asc(attempts.createdAt))
      .limit(limit),
  );
  return rows.map(toAttempt);
}

/** True if an attempt other than `exceptAttemptId` has this external id, so that it must not be adopted. */
export async function isClaimed(
  database: Database,
  job: { readonly provider: ProviderName; readonly externalId: string; readonly exceptAttemptId: string },
): Promise<boolean> {
  const rows = await retrying(() =>
    database.db
      .select({ id: attempts.id })
      .from(attempts)
      .where(
        and(
          eq(attempts.provider, job.provider),
          eq(attempts.externalId, job.externalId),
          isNotNull(attempts.externalId),
        ),
      ),
  );
  return rows.some(({ id }) => id !== job.exceptAttemptId);
}

export type StoreExternalIdOutcome =
  /** `cancelRequested`: a cancel was requested before, so the caller must cancel the provider's job. */
  | { readonly kind: 'stored'; readonly cancelRequested: boolean }
  /** Another attempt has this external id, or this attempt has another one (`externalId`). */
  | { readonly kind: 'claimed'; readonly externalId: string | null };

const EXTERNAL_CONSTRAINT = 'provider_attempts_external_key';

/**
 * Stores the provider's id of the job. Atomic with respect to {@link requestCancel}: either that sees the id, or this sees the mark.
 */
export async function storeExternalId(
  database: Database,
  id: string,
  externalId: string,
): Promise<StoreExternalIdOutcome> {
  try {
    const [row] = await database.call<{ cancelRequested: boolean }>(
      'attempts.storeExternalId',
      `UPDATE provider_attempts SET external_id = $2, state = CASE WHEN state IN ('created', 'submitting') THEN 'submitted' ELSE state END,
         submitted_at = coalesce(submitted_at, now())
       WHERE id = $1 AND (external_id IS NULL OR external_id = $2)
       RETURNING cancel_requested_at IS NOT NULL AS "cancelRequested"`,
      [id, externalId],
    );
    if (row) return { kind: 'stored', cancelRequested: row.cancelRequested };
    return { kind: 'claimed', externalId: (await readAttempt(database, id))?.externalId ?? null };
  } catch (error) {
    if (serverError(error)?.constraint !== EXTERNAL_CONSTRAINT) throw error;
    return { kind: 'claimed', externalId: null };
  }
}

export function toAttempt(row: typeof attempts.$inferSelect): Attempt {
  return {
    id: row.id,
    generationId: row.generationId,
    ordinal: row.ordinal,
    provider: row.provider,
    model: row.model,
    externalId: row.externalId,
    state: row.state,
    cancelRequestedAt: row.cancelRequestedAt,
    stagedObject: row.stagedObject,
    credit: row.credit,
    notDrawn: row.notDrawn,
    costUsd: row.costUsd,
    latencyMs: row.latencyMs,
    failure: row.failureKind === null ? null : { kind: row.failureKind, message: row.failureMessage ?? '' },
    createdAt: row.createdAt,
    submittingAt: row.submittingAt,
    submittedAt: row.submittedAt,
    calledBackAt: row.calledBackAt,
    finishedAt: row.finishedAt,
  };
}
