import { and, asc, eq, getTableColumns, inArray, isNotNull, lt, sql } from '../../orm.ts';
import type { AttemptState } from '#domain/generation/attempt.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import { STAGED_BYTES } from '#domain/generation/stored-object.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { attempts } from '#drizzle/schema/attempts.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { newerThan } from '../keyset.ts';
import type { Cursor } from '../page.ts';

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
  /** Just before the last paid call was sent; earlier ones were certainly not accepted, so no older job can belong to it. */
  readonly submittingAt: Date | null;
  readonly submittedAt: Date | null;
  /** The job that a callback named while the external id was unknown. */
  readonly calledBackJob: string | null;
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

/** As the database has just inserted it. */
export function newAttempt(
  { generationId, ordinal, provider, model }: NewAttempt,
  id: string,
  createdAt: Date,
): Attempt {
  return {
    id,
    generationId,
    ordinal,
    provider,
    model,
    externalId: null,
    state: 'created',
    cancelRequestedAt: null,
    stagedObject: null,
    credit: null,
    notDrawn: [],
    costUsd: null,
    latencyMs: null,
    failure: null,
    createdAt,
    submittingAt: null,
    submittedAt: null,
    calledBackJob: null,
    calledBackAt: null,
    finishedAt: null,
  };
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

/**
 * Open attempts of generations that ended at least `endedMs` ago: nobody waits for them, but the provider may still work on them, and
 * they count against the day's budget. Oldest first.
 */
export async function listOpenAttempts(
  database: Database,
  { endedMs, limit, after }: { readonly endedMs: number; readonly limit: number; readonly after?: Cursor | undefined },
): Promise<Attempt[]> {
  const rows = await retrying(() =>
    database.db
      .select(getTableColumns(attempts))
      .from(attempts)
      .innerJoin(generations, eq(generations.id, attempts.generationId))
      .where(
        and(
          sql`${attempts.state} IN ('created', 'submitting', 'submitted')`,
          lt(generations.finishedAt, sql`now() - ${endedMs} * interval '1 millisecond'`),
          newerThan(attempts.createdAt, attempts.id, after),
        ),
      )
      .orderBy(asc(attempts.createdAt), asc(attempts.id))
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
  /**
   * `cancelRequested`: a cancel was requested before, so the caller must cancel the provider's job. `registered`: the staged image was
   * registered now, as its generation is unfinished.
   */
  | { readonly kind: 'stored'; readonly cancelRequested: boolean; readonly registered: boolean }
  /** Another attempt has this external id, or this attempt has another one (`externalId`). */
  | { readonly kind: 'claimed'; readonly externalId: string | null };

const EXTERNAL_CONSTRAINT = 'provider_attempts_external_key';

/**
 * Stores the provider's id of the job, and registers the object that its image is staged in, which then needs no statement of its own
 * if the image arrives soon. Atomic with respect to {@link requestCancel}: either that sees the id, or this sees the mark.
 */
export async function storeExternalId(
  database: Database,
  id: string,
  externalId: string,
): Promise<StoreExternalIdOutcome> {
  try {
    const [row] = await database.call<{ cancelRequested: boolean; registered: boolean }>(
      'attempts.storeExternalId',
      `WITH stored AS (
         UPDATE provider_attempts SET external_id = $2, state = CASE WHEN state IN ('created', 'submitting') THEN 'submitted' ELSE state END,
           submitted_at = coalesce(submitted_at, now())
         WHERE id = $1 AND (external_id IS NULL OR external_id = $2)
         RETURNING generation_id, cancel_requested_at IS NOT NULL AS cancel_requested),
       registered AS (
         INSERT INTO stored_objects (name, kind, account_id, generation_id, bytes)
         SELECT $3, 'staged', g.account_id, g.id, $4 FROM stored JOIN avatar_generations g ON g.id = stored.generation_id
           WHERE g.status IN ('pending', 'processing') AND NOT stored.cancel_requested
         ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, created_at = now() RETURNING name)
       SELECT cancel_requested AS "cancelRequested", EXISTS (SELECT FROM registered) AS registered FROM stored`,
      [id, externalId, stagedObject(id), STAGED_BYTES],
    );
    if (row) return { kind: 'stored', ...row };
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
    calledBackJob: row.calledBackJob,
    calledBackAt: row.calledBackAt,
    finishedAt: row.finishedAt,
  };
}
