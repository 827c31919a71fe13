import type { Database } from '#drizzle/connection/database.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import { readOwnGeneration } from '#drizzle/queries/generations/generations.ts';
import type { Handler } from '../handler.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { accountErased, ApiProblem, notFound } from '../problem.ts';

/** Refunds a generation once; a repeated request returns the same result and moves no credits. */
export function refundGeneration({ database }: { readonly database: Database }): Handler<'refundGeneration'> {
  return async ({ params, body: { generationId, reason } }) => {
    if (!(await readOwnGeneration(database, params.id, generationId))) throw notFound();
    const outcome = await withIdInFailure({ generationId }, () => refund(database, generationId, reason));
    if (outcome.kind === 'account_erased') throw accountErased();
    if (outcome.kind === 'nothing_to_refund') {
      throw new ApiProblem('conflict', {
        detail: 'Nothing was charged for this generation, so there is nothing to refund',
      });
    }
    const credits = await withIdInFailure({ generationId }, () => readBalance(database, params.id));
    if (!credits) throw notFound();
    return {
      status: 200,
      body: { generationId, amount: outcome.amount, credits },
      headers: outcome.replay ? { 'Idempotent-Replayed': 'true' } : {},
    };
  };
}
