import { TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAccount, setAccountTier as setTier } from '#drizzle/queries/accounts/accounts.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

/**
 * Sets the tier of an account whatever its user's token says, or lets it follow the token again. The next request of the account has
 * the new limits and priority; what is in the queue stays as it is.
 * @throws ApiProblem not_found, also for an erased account; conflict for a service's
 */
export function setAccountTier({ database }: { readonly database: Database }): Handler<'setAccountTier'> {
  return async ({ params: { id }, body: { tier } }) => {
    const changed = await setTier(database, id, tier);
    if (!changed) {
      const account = await readAccount(database, id);
      if (account?.tier !== 'service') throw notFound();
      throw new ApiProblem('conflict', { detail: 'The tier of a service can’t be changed' });
    }
    const { dailyGenerations, hourlyGenerations, unfinishedGenerations, priorityKey } = TIER_RULES[changed.to];
    const limits = { dailyGenerations, hourlyGenerations, unfinishedGenerations, priority: priorityKey };
    return { status: 200, body: { ...changed, assignedTier: tier, ...limits } };
  };
}
