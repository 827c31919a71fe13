import type { Database } from '#drizzle/connection/database.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { refusalProblem } from './admit.ts';

/**
 * Refuses what admission would refuse as things are now, before anything expensive is done for it. Only admission decides.
 * @param input its `price` is the total of the request, in credits
 * @throws ApiProblem insufficient_credits, daily_limit, too_many_pending
 */
export async function assertAdmissible(
  database: Database,
  input: { readonly accountId: string; readonly price: number },
): Promise<void> {
  const account = await readAccount(database, input.accountId);
  if (account === undefined) return;
  if (account.unfinished >= account.unfinishedLimit) throw await refusalProblem(database, input, 'too_many_pending');
  if (account.dailyUsed >= account.dailyLimit) throw await refusalProblem(database, input, 'daily_limit');
  if (account.available < input.price) throw await refusalProblem(database, input, 'insufficient_credits');
}
