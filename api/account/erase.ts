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
 * The person is gone with this answer: nobody comes to the account any more, with whatever token. A workflow removes what it holds;
 * should Temporal be away, the reconciler begins it later.
 */
export function eraseProfile({ database, workflows, accounts, hub }: EraseDeps): Handler<'eraseProfile'> {
  return async ({ caller, context }) => {
    if (caller.kind === 'service') throw new ApiProblem('forbidden', { detail: 'Only people erase themselves' });
    const { accountId } = caller;
    await eraseAccount(database, accountId);
    accounts.forget(accountId);
    hub.endAccount(accountId);
    const taken = await workflows.erasures.start(accountId);
    if (!taken) context.log.warn({ accountId }, 'the erasing begins later');
    return { status: 204, body: undefined };
  };
}
