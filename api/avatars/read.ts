import { readAvatar as readRow } from '#drizzle/queries/avatars/avatars.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { AvatarDeps } from './list.ts';

export function readAvatar({ database, present }: AvatarDeps): Handler<'readAvatar'> {
  return async ({ params, caller }) => {
    const row = await readRow(database, caller.accountId, params.id);
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
