import type { z } from 'zod';
import type { avatarListQuery } from '../../contract/project.ts';
import type { Database } from '../../drizzle/database.ts';
import { listAvatars as readPage } from '../../drizzle/queries/avatar-list.ts';
import { avatarOrder, decodeAvatarCursor, encodeAvatarCursor } from '../../drizzle/queries/avatar-order.ts';
import { readProject } from '../../drizzle/queries/projects.ts';
import type { Handler } from '../handler.ts';
import { listOfPageBy, pageRequestBy } from '../page.ts';
import { notFound } from '../problem.ts';
import type { PresentAvatar } from './present.ts';

export interface AvatarDeps {
  readonly database: Database;
  readonly present: PresentAvatar;
}

export function listAvatars(deps: AvatarDeps): Handler<'listAvatars'> {
  return async ({ query, caller }) => ({ status: 200, body: await pageOf(deps, caller.accountId, query) });
}

export function listProjectAvatars(deps: AvatarDeps): Handler<'listProjectAvatars'> {
  return async ({ params, query, caller }) => {
    const project = await readProject(deps.database, caller.accountId, params.id);
    if (!project) throw notFound();
    return { status: 200, body: await pageOf(deps, caller.accountId, query, params.id) };
  };
}

async function pageOf(
  { database, present }: AvatarDeps,
  accountId: string,
  { limit, cursor, sort, order: direction, ...filter }: z.output<typeof avatarListQuery>,
  projectId?: string,
) {
  const order = avatarOrder(sort, direction);
  const request = pageRequestBy({ limit, cursor }, (text) => decodeAvatarCursor(order, text));
  const page = await readPage(database, accountId, { ...filter, projectId }, request, order);
  return listOfPageBy(page, await Promise.all(page.items.map(present)), encodeAvatarCursor);
}
