import type { Database } from '#drizzle/connection/database.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { listUses } from '#drizzle/queries/usage/usage-history.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import { notFound } from '../problem.ts';
import { presentUse } from './present.ts';

export function listUsage({ database }: { database: Database }): Handler<'listUsage'> {
  return async ({ params, query, caller: { accountId } }) => {
    const after = pageRequest(query);
    if (!(await readAvatar(database, accountId, params.id))) throw notFound();
    const page = await listUses(database, { accountId, avatarId: params.id }, after);
    return { status: 200, body: listOfPage(page, page.items.map(presentUse)) };
  };
}
