import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';
import { refusalOf, type ReserveOutcome } from './reserve.ts';
import { step, UnknownInLedger } from './step.ts';

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * Reserves the prices of all members of a batch that are still requested and makes them `pending`, or none, in one transaction.
 * Limits apply as for single generations. Idempotent.
 * @param batch.deadlineMs time from admission to the deadline, ms
 * @throws UnknownInLedger when there is no such batch
 */
export async function reserveBatch(
  database: Database,
  { batchId, deadlineMs }: { readonly batchId: string; readonly deadlineMs: number },
): Promise<ReserveOutcome> {
  try {
    const { outcome, status } = await step<{ outcome: string; status: GenerationStatus }>(
      database,
      'ledger.reserveBatch',
      'SELECT outcome, status FROM reserve_batch($1, $2)',
      [batchId, deadlineMs],
    );
    if (outcome === 'unknown') throw new UnknownInLedger(`There is no batch ${batchId}`);
    if (outcome === 'settled') return { kind: 'settled', status };
    return { kind: 'admitted', replay: outcome === 'replayed' };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    if (serverError(error)?.code === FOREIGN_KEY_VIOLATION) {
      throw new UnknownInLedger(`There is no batch ${batchId}`, { cause: error });
    }
    throw error;
  }
}
