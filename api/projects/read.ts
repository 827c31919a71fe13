import { readProject as readRow } from '#drizzle/queries/avatars/projects.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

export function readProject({ database, present }: ProjectDeps): Handler<'readProject'> {
  return async ({ params, caller }) => {
    const row = await readRow(database, caller.accountId, params.id);
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
