import { and, eq, inArray, isNull, sql } from '../../orm.ts';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '#domain/generation/attempt.ts';
import type { GenerationStatus, SourceType } from '#domain/generation/generation.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { attempts } from '#drizzle/schema/attempts.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Attempt, type NewAttempt, newAttempt, toAttempt } from './attempts.ts';
import {
  type Objection,
  type OutcomeRow,
  purchaseOutcome,
  type PurchaseOutcome,
  type PurchaseTerms,
  termValues,
} from '../providers/purchases.ts';
import { markCancelRequested } from './generation-progress.ts';
import { type Generation, generationReturned } from './generation-row.ts';

/** Longer messages of a provider are cut, characters. */
const MESSAGE_MAX_LENGTH = 500;

export type BeginAttemptOutcome =
  /** The attempt with this ordinal, inserted now (`fresh`) or before; its state tells how far it got. */
  | { readonly kind: 'attempt'; readonly attempt: Attempt; readonly fresh: boolean }
  /** The generation has ended or does not exist: nothing must be bought. */
  | { readonly kind: 'finished'; readonly status: GenerationStatus | undefined };

/**
 * Inserts the attempt before anything is paid. Only for an unfinished generation, and with the mark of an earlier cancel request: the
 * generation's row is locked in between.
 */
export async function beginAttempt(database: Database, attempt: NewAttempt): Promise<BeginAttemptOutcome> {
  const written = await database.call(
    'attempts.begin',
    `INSERT INTO provider_attempts (generation_id, ordinal, provider, model, cancel_requested_at)
     SELECT g.id, $2, $3, $4, g.cancel_requested_at FROM avatar_generations g
       WHERE g.id = $1 AND g.status IN ('pending', 'processing') FOR SHARE
     ON CONFLICT (generation_id, ordinal) DO NOTHING RETURNING id`,
    [attempt.generationId, attempt.ordinal, attempt.provider, attempt.model],
  );
  const sameOrdinal = and(eq(attempts.generationId, attempt.generationId), eq(attempts.ordinal, attempt.ordinal));
  const [row] = await retrying(() => database.db.select().from(attempts).where(sameOrdinal));
  if (row) return { kind: 'attempt', attempt: toAttempt(row), fresh: written.length === 1 };
  const [generation] = await database.call<{ status: GenerationStatus }>(
    'attempts.status',
    'SELECT status FROM avatar_generations WHERE id = $1',
    [attempt.generationId],
  );
  return { kind: 'finished', status: generation?.status };
}

/** A generation at its first provider. */
export interface FirstAttempt {
  readonly generation: Generation;
  readonly attempt: Attempt;
  /** Undefined: the purchase has not begun. */
  readonly purchase?: PurchaseOutcome | Objection | undefined;
}

/** A reference image is read before the purchase begins. */
const SOURCES_WITHOUT_REFERENCE: readonly SourceType[] = ['text_to_image', 'from_preset'];

interface BegunRow {
  readonly attempt_id: string;
  readonly attempt_at: Date;
  readonly attempt_submitting_at: Date | null;
  readonly outcome: OutcomeRow['outcome'] | null;
  readonly wait_ms: number;
}

/**
 * Makes a pending generation `processing`, inserts its first attempt and begins its purchase as `beginPermittedPurchase` does, in one
 * statement: nothing was tried before. With a reference image, the purchase has not begun.
 * @returns undefined if it is not pending or a cancel was requested, or an earlier process had begun an attempt without this step
 */
export async function beginFirstAttempt(
  database: Database,
  { generationId, provider, model }: Omit<NewAttempt, 'ordinal'>,
  terms: PurchaseTerms,
): Promise<FirstAttempt | undefined> {
  const [row] = await database.call<Record<string, unknown> & BegunRow>(
    'attempts.first',
    `WITH moved AS (
       UPDATE avatar_generations SET status = 'processing', stage = 'generating', provider = $2, model = $3
       WHERE id = $1 AND status = 'pending' AND cancel_requested_at IS NULL RETURNING *)
     SELECT moved.*, begun.attempt_id, begun.attempt_at, begun.submitting_at AS attempt_submitting_at, begun.outcome, begun.wait_ms
     FROM moved CROSS JOIN LATERAL begin_first_purchase(moved.id, $2, $3, moved.source_type = ANY ($4), $5, $6, $7, $8, $9, $10) AS begun`,
    [generationId, provider, model, SOURCES_WITHOUT_REFERENCE, ...termValues(terms)],
  );
  if (row === undefined) return undefined;
  const purchase = row.outcome === null ? undefined : purchaseOutcome({ outcome: row.outcome, wait_ms: row.wait_ms });
  const inserted = newAttempt({ generationId, ordinal: 0, provider, model }, row.attempt_id, row.attempt_at);
  const attempt: Attempt =
    purchase?.kind === 'submitting'
      ? { ...inserted, state: 'submitting', submittingAt: row.attempt_submitting_at }
      : inserted;
  return { generation: generationReturned(row), attempt, purchase };
}

/**
 * The last step before the paid call that had to wait: a later run that finds `submitting` must assume that the provider may have accepted it. Each call
 * has its own time, because a look-up is certain only a while after the last one.
 * @param attempt as read by this run: of two concurrent runs, only one may call
 * @returns false if another run was first or a cancel was requested: do not call
 */
export async function markSubmitting(
  database: Database,
  { id, state }: Pick<Attempt, 'id' | 'state'>,
): Promise<boolean> {
  const rows = await database.call(
    'attempts.submitting',
    `UPDATE provider_attempts SET state = 'submitting', submitting_at = now()
     WHERE id = $1 AND state = $2 AND state IN ('created', 'submitting') AND external_id IS NULL AND cancel_requested_at IS NULL
     RETURNING id`,
    [id, state],
  );
  return rows.length === 1;
}

/** The provider certainly did not accept the call: the next run may call without searching for a lost job. */
export async function markNotAccepted(database: Database, id: string): Promise<void> {
  await database.call(
    'attempts.notAccepted',
    `UPDATE provider_attempts SET state = 'created' WHERE id = $1 AND state = 'submitting' AND external_id IS NULL`,
    [id],
  );
}

export interface AttemptResult {
  readonly stagedObject: string;
  readonly credit: string | null;
  readonly notDrawn?: string[];
  readonly costUsd: number;
  readonly latencyMs: number;
}

export interface CompletedAttempt {
  /** Whether provider or model had failed before, so that their circuits have to hear of the success. */
  readonly hadFailures: boolean;
}

/**
 * Closes the attempt: the image is paid and staged. Its generation's row stays as it is: saving takes tenths of a second, and the attempt
 * tells that it has begun.
 * @returns undefined if it was closed differently before
 */
export async function completeAttempt(
  database: Database,
  id: string,
  result: AttemptResult,
): Promise<CompletedAttempt | undefined> {
  const { stagedObject, credit, notDrawn = [], costUsd, latencyMs } = result;
  const [closed] = await database.call<CompletedAttempt>(
    'attempts.complete',
    `WITH closed AS (
       UPDATE provider_attempts SET state = 'succeeded', staged_object = $2, credit = $3, not_drawn = $4, cost_usd = $5, latency_ms = $6,
         finished_at = now()
       WHERE id = $1 AND state IN ('created', 'submitting', 'submitted') RETURNING provider, model)
     SELECT EXISTS (SELECT FROM provider_circuits c WHERE c.provider = closed.provider AND c.model IN ('', closed.model)
       AND (c.failures > 0 OR c.open_until IS NOT NULL)) AS "hadFailures" FROM closed`,
    [id, stagedObject, credit, notDrawn, costUsd, latencyMs],
  );
  if (closed) return closed;
  return (await isClosedAs(database, id, 'succeeded')) ? { hadFailures: true } : undefined;
}

export interface AttemptFailure {
  /** `cancelled` closes the attempt as cancelled. */
  readonly kind: ProviderFailureKind;
  readonly message: string;
  readonly latencyMs?: number | undefined;
  /** Cost of the failed attempt, US dollars. */
  readonly costUsd?: number | undefined;
}

/** Closes the attempt without an image. @returns false if it was closed differently before */
export async function failAttempt(database: Database, id: string, failure: AttemptFailure): Promise<boolean> {
  const state = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
  const message = [...failure.message].slice(0, MESSAGE_MAX_LENGTH).join('');
  return close(
    database,
    id,
    {
      state,
      failureKind: failure.kind,
      failureMessage: message === '' ? null : message,
      latencyMs: failure.latencyMs ?? null,
      costUsd: failure.costUsd ?? null,
    },
    state,
  );
}

async function close(
  database: Database,
  id: string,
  changes: Partial<typeof attempts.$inferInsert>,
  sameState: AttemptState,
): Promise<boolean> {
  const closed = await retrying(() =>
    database.db
      .update(attempts)
      .set({ ...changes, finishedAt: sql`now()` })
      .where(and(eq(attempts.id, id), inArray(attempts.state, [...OPEN_ATTEMPT_STATES])))
      .returning({ id: attempts.id }),
  );
  return closed.length === 1 || isClosedAs(database, id, sameState);
}

async function isClosedAs(database: Database, id: string, state: AttemptState): Promise<boolean> {
  const [row] = await retrying(() =>
    database.db.select({ state: attempts.state }).from(attempts).where(eq(attempts.id, id)),
  );
  return row?.state === state;
}

/**
 * Marks a generation and its open attempts as to be cancelled. An attempt without an external id finds the mark when it stores one.
 * @returns the open attempts; cancel those with an external id at their provider
 */
export async function requestCancel(database: Database, generationId: string, reason?: string): Promise<Attempt[]> {
  // The generation first: an attempt inserted after this statement has the mark; one inserted before is marked by the next statement.
  await markCancelRequested(database, generationId, reason);
  const open = and(eq(attempts.generationId, generationId), inArray(attempts.state, [...OPEN_ATTEMPT_STATES]));
  await retrying(() =>
    database.db
      .update(attempts)
      .set({ cancelRequestedAt: sql`now()` })
      .where(and(open, isNull(attempts.cancelRequestedAt))),
  );
  const rows = await retrying(() => database.db.select().from(attempts).where(open));
  return rows.map(toAttempt);
}
