import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { grantStarterCredits as grant } from '#drizzle/ledger/grant-starter-credits.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Handler } from '../handler.ts';
import { accountErased, ApiProblem, notFound } from '../problem.ts';

/** Grants withheld starter credits once; a repeated request returns the same result and moves no credits. */
export function grantStarterCredits({ database }: { readonly database: Database }): Handler<'grantStarterCredits'> {
  return async ({ params: { id } }) => {
    const account = await readAccount(database, id);
    if (!account) throw notFound();
    const outcome = await grant(database, id, STARTER_CREDITS[account.tier]);
    if (outcome.kind === 'account_erased') throw accountErased();
    if (outcome.kind === 'nothing_withheld') {
      throw new ApiProblem('conflict', { detail: 'No starter credits are withheld from this account' });
    }
    const credits = await readBalance(database, id);
    if (!credits) throw notFound();
    return {
      status: 200,
      body: { amount: outcome.amount, credits },
      headers: outcome.replay ? { 'Idempotent-Replayed': 'true' } : {},
    };
  };
}
