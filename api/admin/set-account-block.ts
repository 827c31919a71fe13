import { setAccountBlock as setBlock } from '#drizzle/queries/accounts/accounts.ts';
import { listUnfinished } from '#drizzle/queries/generations/list-unfinished.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { type CancelGenerationsDeps, cancelRows } from './cancel-generations.ts';

/** Twice as many as the highest tier can have unfinished. */
const CANCEL_MAX = 1_000;

/**
 * Blocks an account, or unblocks it. Within a second its tokens and API keys are answered with account_blocked and its event streams
 * end; then its unfinished generations are cancelled, which returns their credits. Blocking it again cancels what was not reached.
 * @throws ApiProblem not_found; conflict for an admin's own account
 */
export function setAccountBlock(deps: CancelGenerationsDeps): Handler<'setAccountBlock'> {
  return async ({ params: { id }, body: { blocked, reason }, caller }) => {
    if (id === caller.accountId) throw new ApiProblem('conflict', { detail: 'You can’t block your own account' });
    const account = await setBlock(deps.database, id, blocked);
    if (!account) throw notFound();
    const rows = blocked ? await listUnfinished(deps.database, { accountId: id }, CANCEL_MAX) : [];
    const { ids, notReached } = await cancelRows(deps, rows, { accountId: caller.accountId, reason });
    const blockedAt = account.blockedAt?.toISOString() ?? null;
    return { status: 200, body: { blockedAt, cancelled: ids.length, notReached: notReached.length } };
  };
}
