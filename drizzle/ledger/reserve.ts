import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { TIERS, type Tier } from '#domain/generation/tier.ts';
import type { PendingSince } from '#domain/generation/admission.ts';
import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import { type GenerationStatus, isFinal, type SourceType } from '#domain/generation/generation.ts';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';
import { readDocument } from '../documents/document-kind.ts';
import { DOCUMENTS } from '../documents/documents.ts';
import { step, UnknownInLedger } from './step.ts';

export interface Reserve {
  readonly generationId: string;
  /** Time from admission to the deadline, ms. */
  readonly deadlineMs: number;
}

export type ReserveOutcome =
  /** The credits are held and the status is `pending`. `replay`: they were held before. */
  | { readonly kind: 'admitted'; readonly replay: boolean }
  /** Nothing is held; the status is still `requested`. */
  | { readonly kind: 'refused'; readonly refusal: AdmissionRefusal }
  /** The generation has ended: completed, failed or cancelled. */
  | { readonly kind: 'settled'; readonly status: GenerationStatus };

/** What the steps of an admitted generation depend on, as stored with its request. */
export interface AdmittedRequest {
  readonly plan: PlannedModel[];
  readonly sourceType: SourceType;
  readonly tier: Tier;
}

export interface Admitting {
  readonly generationId: string;
  /** Time from admission to the deadline, ms. */
  readonly deadlineMs: (tier: Tier) => number;
}

export interface Admitted {
  readonly outcome: ReserveOutcome;
  /** Null unless this call made or found the hold. */
  readonly request: AdmittedRequest | null;
  /** Null unless this call made the hold. */
  readonly pending: PendingSince | null;
}

/** The refusal that each violated constraint means. */
const REFUSED_BY: Readonly<Record<string, AdmissionRefusal>> = {
  accounts_insufficient: 'insufficient_credits',
  accounts_daily_limit: 'daily_limit',
  accounts_too_many_pending: 'too_many_pending',
};

const FOREIGN_KEY_VIOLATION = '23503';

interface ReservedRow {
  readonly outcome: string;
  readonly status: GenerationStatus;
  readonly plan: unknown;
  readonly sourceType: SourceType;
  readonly tier: Tier;
  readonly version: number;
  readonly pendingAt: Date;
  readonly deadlineAt: Date;
}

/**
 * Reads the row as it was before the step, which raises the version by one and takes its times from now() (change_generation.sql); the
 * request's columns never change. After a concurrent change the version is higher, and that change is announced with it.
 */
const RESERVE = `SELECT r.outcome, r.status, g.plan, g.source_type AS "sourceType", g.tier, (g.version + 1)::int AS version,
  now()::timestamptz(3) AS "pendingAt", (now() + ($2::jsonb ->> g.tier)::bigint * interval '1 millisecond')::timestamptz(3) AS "deadlineAt"
  FROM (SELECT $1::uuid AS id) AS given LEFT JOIN avatar_generations g USING (id)
  CROSS JOIN LATERAL reserve_generation(id, ($2::jsonb ->> g.tier)::bigint) AS r`;

/**
 * Reserves the price of a requested generation and makes it `pending`, in one transaction. Idempotent.
 * @throws UnknownInLedger when there is no such generation
 */
export async function reserve(database: Database, { generationId, deadlineMs }: Reserve): Promise<ReserveOutcome> {
  return (await admitRequest(database, { generationId, deadlineMs: () => deadlineMs })).outcome;
}

/** The same, and returns what the generation's steps need to know of its request. */
export async function admitRequest(database: Database, { generationId, deadlineMs }: Admitting): Promise<Admitted> {
  const deadlines = Object.fromEntries(TIERS.map((tier) => [tier, deadlineMs(tier)]));
  try {
    const { outcome, status, plan, version, pendingAt, deadlineAt, ...request } = await step<ReservedRow>(
      database,
      'ledger.reserve',
      RESERVE,
      [generationId, JSON.stringify(deadlines)],
    );
    if (outcome === 'unknown') throw new UnknownInLedger(`There is no generation ${generationId}`);
    if (outcome === 'settled') return { outcome: { kind: 'settled', status }, request: null, pending: null };
    return {
      outcome: { kind: 'admitted', replay: outcome === 'replayed' },
      request: { ...request, plan: readDocument(DOCUMENTS.plan, plan) },
      pending:
        outcome === 'admitted'
          ? { version, pendingAt: pendingAt.toISOString(), deadlineAt: deadlineAt.toISOString() }
          : null,
    };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) {
      return { outcome: await whileRequested(database, generationId, refusal), request: null, pending: null };
    }
    // The sweep deleted the unanswered generation between two statements of the step.
    if (serverError(error)?.code === FOREIGN_KEY_VIOLATION) {
      throw new UnknownInLedger(`There is no generation ${generationId}`, { cause: error });
    }
    throw error;
  }
}

/**
 * A refusal counts only while the generation is still requested: the hold may have waited for its account while another step of the
 * same generation was faster.
 */
async function whileRequested(
  database: Database,
  generationId: string,
  refusal: AdmissionRefusal,
): Promise<ReserveOutcome> {
  const text = 'SELECT status FROM avatar_generations WHERE id = $1';
  const [row] = await database.call<{ status: GenerationStatus }>('ledger.refused', text, [generationId]);
  if (row === undefined) throw new UnknownInLedger(`There is no generation ${generationId}`);
  if (row.status === 'requested') return { kind: 'refused', refusal };
  if (isFinal(row.status)) return { kind: 'settled', status: row.status };
  return { kind: 'admitted', replay: true };
}

/** The reason why the ledger refused a hold; undefined for any other error. */
export function refusalOf(error: unknown): AdmissionRefusal | undefined {
  const { constraint = '', detail } = serverError(error) ?? {};
  const refusal = REFUSED_BY[constraint];
  return refusal === 'daily_limit' && detail === 'hourly_limit' ? detail : refusal;
}
