import type { Share as ShareBody } from '#contract/share.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { listShares as list, type Share } from '#drizzle/queries/avatars/shares.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export interface ShareDeps {
  readonly database: Database;
}

export function listShares({ database }: ShareDeps): Handler<'listShares'> {
  return async ({ params: { id }, caller: { accountId } }) => {
    if (!(await readAvatar(database, accountId, id))) throw notFound();
    return { status: 200, body: { data: (await list(database, accountId, id)).map(presentShare) } };
  };
}

export function presentShare({ id, showsName, createdAt, expiresAt }: Share): ShareBody {
  return { id, showsName, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
