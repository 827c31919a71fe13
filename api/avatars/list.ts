import type { Database } from '../../drizzle/database.ts';
import { listAvatars } from '../../drizzle/queries/avatars.ts';
import { readProject } from '../../drizzle/queries/projects.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import { notFound } from '../problem.ts';
import type { PresentAvatar } from './present.ts';

export interface AvatarDeps {
  readonly database: Database;
  readonly present: PresentAvatar;
}

export function listProjectAvatars({ database, present }: AvatarDeps): Handler<'listProjectAvatars'> {
  return async ({ params, query, caller }) => {
    const { limit, cursor, ...filter } = query;
    const after = pageRequest({ limit, cursor });
    if (!(await readProject(database, caller.accountId, params.id))) throw notFound();
    const page = await listAvatars(database, caller.accountId, { ...filter, projectId: params.id }, after);
    return { status: 200, body: listOfPage(page, await Promise.all(page.items.map(present))) };
  };
}
