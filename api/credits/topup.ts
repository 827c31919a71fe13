import type { Database } from '../../drizzle/database.ts';
import { topup } from '../../drizzle/ledger/topup.ts';
import { readBalance } from '../../drizzle/queries/credits.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Handler } from '../handler.ts';
import { nameInFailure } from '../name-in-failure.ts';
import { ApiProblem } from '../problem.ts';

export interface TopupDeps {
  readonly database: Database;
  readonly accounts: Pick<Accounts, 'ofUser'>;
}

/** The payment's reference is the key, so that whoever is told of a payment twice pays out once. */
export function createTopup({ database, accounts }: TopupDeps): Handler<'createTopup'> {
  return async ({ body }) => {
    const { userId, amount, reference } = body;
    const { accountId } = await accounts.ofUser(userId);
    return nameInFailure({ reference }, async () => {
      const verdict = await topup(database, { accountId, amount, reference });
      if (verdict.kind === 'conflict') {
        throw new ApiProblem('idempotency_mismatch', { detail: 'This reference was used for another amount' });
      }
      const balance = await readBalance(database, accountId);
      if (!balance) throw new Error('An account that was topped up just now is gone');
      return {
        status: 201,
        body: { id: verdict.transferId, userId, amount, reference, available: balance.available },
        ...(verdict.replay && { headers: { 'Idempotent-Replayed': 'true' } }),
      };
    });
  };
}
