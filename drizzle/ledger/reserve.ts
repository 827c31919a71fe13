import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import { type GenerationStatus, isFinal } from '#domain/generation/generation.ts';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';
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

/** The refusal that each violated constraint means. */
const REFUSED_BY: Readonly<Record<string, AdmissionRefusal>> = {
  accounts_insufficient: 'insufficient_credits',
  accounts_daily_limit: 'daily_limit',
  accounts_too_many_pending: 'too_many_pending',
};

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * Reserves the price of a requested generation and makes it `pending`, in one transaction. Idempotent.
 * @throws UnknownInLedger when there is no such generation
 */
export async function reserve(database: Database, { generationId, deadlineMs }: Reserve): Promise<ReserveOutcome> {
  try {
    const { outcome, status } = await step<{ outcome: string; status: GenerationStatus }>(
      database,
      'ledger.reserve',
      'SELECT outcome, status FROM reserve_generation($1, $2)',
      [generationId, deadlineMs],
    );
    if (outcome === 'unknown') throw new UnknownInLedger(`There is no generation ${generationId}`);
    if (outcome === 'settled') return { kind: 'settled', status };
    return { kind: 'admitted', replay: outcome === 'replayed' };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) return whileRequested(database, generationId, refusal);
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
