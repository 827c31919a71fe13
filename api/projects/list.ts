import type { Database } from '#drizzle/connection/database.ts';
import { listProjects as readPage } from '#drizzle/queries/avatars/projects.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import type { PresentProject } from './present.ts';

export interface ProjectDeps {
  readonly database: Database;
  readonly present: PresentProject;
}

export function listProjects({ database, present }: ProjectDeps): Handler<'listProjects'> {
  return async ({ query, caller }) => {
    const page = await readPage(database, caller.accountId, pageRequest(query));
    return { status: 200, body: listOfPage(page, await Promise.all(page.items.map(present))) };
  };
}
