import type { CreateTopup } from '#contract/credits.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { isPaidOut, topup, type TopupOutcome } from '#drizzle/ledger/topup.ts';
import { readBalance } from '#drizzle/queries/accounts/credits.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Handler } from '../handler.ts';
import { nameInFailure } from '../name-in-failure.ts';
import { accountErased, ApiProblem } from '../problem.ts';

export interface TopupDeps {
  readonly database: Database;
  readonly accounts: Pick<Accounts, 'ofUser' | 'forget'>;
}

/** The payment's reference is the key, so that whoever is told of a payment twice pays out once. */
export function createTopup({ database, accounts }: TopupDeps): Handler<'createTopup'> {
  return async ({ body }) => {
    const { userId, amount, reference } = body;
    return nameInFailure({ reference }, async () => {
      const { accountId, outcome } = await pay(body);
      if (outcome.kind === 'account_erased') throw accountErased();
      if (outcome.kind === 'conflict') throw used();
      const balance = await readBalance(database, accountId);
      if (!balance) throw new Error('An account that was topped up just now is gone');
      return {
        status: 201,
        body: { id: outcome.transferId, userId, amount, reference, available: balance.available },
        ...(outcome.replay && { headers: { 'Idempotent-Replayed': 'true' } }),
      };
    });
  };

  async function pay(payment: CreateTopup, tries = 2): Promise<{ accountId: string; outcome: TopupOutcome }> {
    const { userId, amount, reference } = payment;
    const known = await accounts.ofUser(userId, { opens: false });
    // What is refused opens no account.
    if (!known && (await isPaidOut(database, reference))) throw used();
    const { accountId } = known ?? (await accounts.ofUser(userId, { opens: true }));
    const outcome = await topup(database, { accountId, amount, reference });
    if (outcome.kind !== 'account_erased' || tries === 1) return { accountId, outcome };
    // Erased elsewhere, unheard here: the user may have come back to another account since.
    accounts.forget(accountId);
    return pay(payment, tries - 1);
  }
}

function used(): ApiProblem {
  return new ApiProblem('idempotency_mismatch', { detail: 'This reference was used for another user or amount' });
}
