import { readAvatars } from '#drizzle/queries/avatars/avatars.ts';
import type { AvatarDeps } from '../avatars/list.ts';
import type { Handler } from '../handler.ts';

/** Reads many avatars in one query and lists the ids that were not found. */
export function batchGetAvatars({ database, present }: AvatarDeps): Handler<'batchGetAvatarsFor'> {
  return async ({ body, caller }) => {
    const ids = [...new Set(body.ids)];
    const rows = new Map((await readAvatars(database, caller.accountId, ids)).map((row) => [row.id, row]));
    const data = await Promise.all(ids.flatMap((id) => rows.get(id) ?? []).map(present));
    return { status: 200, body: { data, missing: ids.filter((id) => !rows.has(id)) } };
  };
}
