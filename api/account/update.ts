import { changeAccount } from '#drizzle/queries/accounts/accounts.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { presentProfile } from './present.ts';
import type { ProfileDeps } from './read.ts';

/** @throws ApiProblem forbidden for a service; not_found */
export function updateProfile({ database, limitsLeft, providers }: ProfileDeps): Handler<'updateProfile'> {
  return async ({ body, caller }) => {
    if (caller.kind === 'service')
      throw new ApiProblem('forbidden', {
        detail: 'A service cannot change the settings of an account. Its user must sign in and change them',
      });
    const account = await changeAccount(database, caller.accountId, body);
    if (!account) throw notFound();
    return { status: 200, body: presentProfile(account, caller, await limitsLeft(caller), providers) };
  };
}
