import { restoreAvatar as restore } from '#drizzle/queries/avatars/avatar-change.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { AvatarDeps } from './list.ts';

/** Deleting a project also deletes its trashed avatars, so a restorable avatar always has a project to return to. */
export function restoreAvatar({ database, present }: AvatarDeps): Handler<'restoreAvatar'> {
  return async ({ params, body, caller }) => {
    const row = await restore(database, caller.accountId, params.id, body?.projectId);
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
