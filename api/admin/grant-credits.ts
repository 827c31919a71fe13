import { grantReference } from '#domain/account/granted-credits.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Handler } from '../handler.ts';
import { accountErased, ApiProblem, notFound } from '../problem.ts';

/** Adds credits once for a grant id; a repeated request returns the same result and moves no credits. */
export function grantCredits({ database }: { readonly database: Database }): Handler<'grantCredits'> {
  return async ({ params: { id }, body: { grantId, amount } }) => {
    if (!(await readAccount(database, id))) throw notFound();
    const outcome = await topup(database, { accountId: id, amount, reference: grantReference(grantId) });
    if (outcome.kind === 'account_erased') throw accountErased();
    if (outcome.kind === 'conflict') {
      throw new ApiProblem('conflict', { detail: 'This grant id was used for another account or amount' });
    }
    const credits = await readBalance(database, id);
    if (!credits) throw notFound();
    return {
      status: 200,
      body: { id: outcome.transferId, amount, credits },
      headers: outcome.replay ? { 'Idempotent-Replayed': 'true' } : {},
    };
  };
}
