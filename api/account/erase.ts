import type { Database } from '#drizzle/connection/database.ts';
import { eraseAccount } from '#drizzle/queries/accounts/erasure.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { EventHub } from '../events/hub.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';

export interface EraseDeps {
  readonly database: Database;
  readonly workflows: Pick<GenerationWorkflows, 'erasures'>;
  readonly accounts: Pick<Accounts, 'forget'>;
  readonly hub: Pick<EventHub, 'endAccount'>;
}

/**
 * Erases the caller's account: from this response on, no token opens it. A workflow removes its data; if Temporal is unreachable,
 * the reconciler starts that workflow later.
 * @throws ApiProblem forbidden for a service
 */
export function eraseProfile({ database, workflows, accounts, hub }: EraseDeps): Handler<'eraseProfile'> {
  return async ({ caller, context }) => {
    if (caller.kind === 'service')
      throw new ApiProblem('forbidden', {
        detail: 'A service cannot erase an account. Its user must sign in and erase it',
      });
    const { accountId } = caller;
    await eraseAccount(database, accountId);
    accounts.forget(accountId);
    hub.endAccount(accountId);
    const started = await workflows.erasures.start(accountId);
    if (!started)
      context.log.warn({ accountId }, 'the erasure workflow could not be started; the reconciler starts it later');
    return { status: 204, body: undefined };
  };
}
