import { changeAvatars as changeAll } from '#drizzle/queries/avatars/avatar-bulk.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { DeleteAvatarDeps } from './delete.ts';

/**
 * Applies one action to many avatars, all or none.
 * @throws ApiProblem not_found when one of them, or the project, is missing
 */
export function changeAvatars({ database, removal }: Omit<DeleteAvatarDeps, 'present'>): Handler<'changeAvatars'> {
  return async ({ body, caller }) => {
    const { accountId } = caller;
    const changed = await changeAll(database, accountId, body);
    if (changed === undefined) throw notFound();
    if (body.action === 'delete') await removal.request({ accountId });
    return { status: 200, body: { action: body.action, count: body.ids.length, changed } };
  };
}
