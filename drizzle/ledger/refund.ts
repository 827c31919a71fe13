import type { Database } from '../connection/database.ts';
import { isErased, step } from './step.ts';

export type RefundOutcome =
  | { readonly kind: 'refunded'; readonly replay: boolean; readonly amount: number }
  | { readonly kind: 'nothing_to_refund' }
  /** Nothing was refunded: the account is erased. */
  | { readonly kind: 'account_erased' };

/**
 * Refunds the whole price of a delivered generation, once. The avatar is unchanged.
 * @param reason stored on the transfer, 1 to 255 characters
 */
export async function refund(database: Database, generationId: string, reason: string): Promise<RefundOutcome> {
  try {
    const row = await step<{ outcome: string; amount: string | null }>(
      database,
      'ledger.refund',
      'SELECT outcome, amount FROM refund_generation($1, $2)',
      [generationId, reason],
    );
    if (row.outcome === 'nothing_to_refund') return { kind: 'nothing_to_refund' };
    return { kind: 'refunded', replay: row.outcome === 'replayed', amount: Number(row.amount) };
  } catch (error) {
    if (isErased(error)) return { kind: 'account_erased' };
    throw error;
  }
}
