import type { Database } from '../connection/database.ts';
import { isErased, step } from './step.ts';

export type GrantOutcome =
  /** `amount` in credits. `replay`: they had been granted before, by an admin or by a sign-in. */
  | { readonly kind: 'granted'; readonly replay: boolean; readonly amount: number }
  /** The account was not meant to get any. */
  | { readonly kind: 'nothing_withheld' }
  | { readonly kind: 'account_erased' };

/**
 * Grants starter credits that were withheld. Idempotent.
 * @param amount credits
 */
export async function grantStarterCredits(
  database: Database,
  accountId: string,
  amount: number,
): Promise<GrantOutcome> {
  try {
    const row = await step<{ outcome: string; amount: string | null }>(
      database,
      'ledger.grantStarterCredits',
      'SELECT outcome, amount FROM grant_starter_credits($1, $2)',
      [accountId, amount],
    );
    if (row.amount === null) return { kind: 'nothing_withheld' };
    return { kind: 'granted', replay: row.outcome === 'replayed', amount: Number(row.amount) };
  } catch (error) {
    if (isErased(error)) return { kind: 'account_erased' };
    throw error;
  }
}
