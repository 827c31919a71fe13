import type { z } from 'zod';
import type { avatarListQuery } from '#contract/project.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listAvatars as selectPage } from '#drizzle/queries/avatars/avatar-list.ts';
import { avatarOrdering, decodeAvatarCursor, encodeAvatarCursor } from '#drizzle/queries/avatars/avatar-sort.ts';
import { readProject } from '#drizzle/queries/avatars/projects.ts';
import type { Handler } from '../handler.ts';
import { listOfPageBy, pageRequestBy } from '../page.ts';
import { notFound } from '../problem.ts';
import type { PresentAvatar } from './present.ts';

export interface AvatarDeps {
  readonly database: Database;
  readonly present: PresentAvatar;
}

export function listAvatars(deps: AvatarDeps): Handler<'listAvatars'> {
  return async ({ query, caller }) => ({
    status: 200,
    body: await readPage(deps, caller.accountId, pageOptions(query)),
  });
}

export function listProjectAvatars(deps: AvatarDeps): Handler<'listProjectAvatars'> {
  return async ({ params, query, caller }) => {
    const page = pageOptions(query); // an invalid request is reported before a missing project
    const project = await readProject(deps.database, caller.accountId, params.id);
    if (!project) throw notFound();
    return { status: 200, body: await readPage(deps, caller.accountId, page, params.id) };
  };
}

type Query = z.output<typeof avatarListQuery>;

/** @throws ApiProblem validation_failed when the cursor belongs to another ordering */
function pageOptions({ limit, cursor, sort, direction, ...filter }: Query) {
  const ordering = avatarOrdering(sort, direction);
  return { filter, ordering, request: pageRequestBy({ limit, cursor }, (text) => decodeAvatarCursor(ordering, text)) };
}

async function readPage(
  { database, present }: AvatarDeps,
  accountId: string,
  { filter, ordering, request }: ReturnType<typeof pageOptions>,
  projectId?: string,
) {
  const page = await selectPage(database, accountId, { ...filter, projectId }, request, ordering);
  return listOfPageBy(page, await Promise.all(page.items.map(present)), encodeAvatarCursor);
}
