import { changeAccount } from '../../drizzle/queries/accounts.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { presentMe } from './present.ts';
import type { MeDeps } from './read.ts';

export function updateMe({ database, limitsLeft }: MeDeps): Handler<'updateMe'> {
  return async ({ body, caller }) => {
    if (caller.kind === 'service') throw new ApiProblem('forbidden', { detail: 'Only people settle what is theirs' });
    const account = await changeAccount(database, caller.accountId, body);
    if (!account) throw notFound();
    return { status: 200, body: presentMe(account, caller, await limitsLeft(caller)) };
  };
}
