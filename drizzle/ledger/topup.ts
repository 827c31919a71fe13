import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';
import { isErased, step, UnknownInLedger } from './step.ts';

export interface Topup {
  readonly accountId: string;
  /** Credits, 1 to 1,000,000,000. */
  readonly amount: number;
  /** The payment's reference, which pays out once across all accounts. 1 to 255 characters. */
  readonly reference: string;
  /** Account of the service that reports the payment. */
  readonly clientId?: string | undefined;
}

export type TopupOutcome =
  | { readonly kind: 'posted'; readonly replay: boolean; readonly transferId: string }
  /** The reference, in any spelling, was used for another account or amount. */
  | { readonly kind: 'conflict' }
  /** Nothing was added: the account is erased. */
  | { readonly kind: 'account_erased' };

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * Adds credits. Idempotent by reference.
 * @throws UnknownInLedger when there is no such account
 */
export async function topup(
  database: Database,
  { accountId, amount, reference, clientId }: Topup,
): Promise<TopupOutcome> {
  try {
    const row = await step<{ outcome: string; transfer_id: string }>(
      database,
      'ledger.topup',
      'SELECT outcome, transfer_id FROM post_topup($1, $2, $3, $4)',
      [accountId, amount, reference, clientId ?? null],
    );
    if (row.outcome === 'conflict') return { kind: 'conflict' };
    return { kind: 'posted', replay: row.outcome === 'replayed', transferId: row.transfer_id };
  } catch (error) {
    if (isErased(error)) return { kind: 'account_erased' };
    if (serverError(error)?.code !== FOREIGN_KEY_VIOLATION) throw error;
    throw new UnknownInLedger(`There is no account ${accountId}`, { cause: error });
  }
}

/** Whether a payment was paid out to any account. An early check only: {@link topup} decides. */
export async function isPaidOut(database: Database, reference: string): Promise<boolean> {
  const rows = await database.call(
    'ledger.isPaidOut',
    'SELECT FROM credit_transfers t WHERE t.payment_key = payment_key($1)',
    [reference],
  );
  return rows.length > 0;
}
