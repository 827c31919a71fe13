import { updateProject as change } from '#drizzle/queries/avatars/projects.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOfProject } from '../moderation/texts-of.ts';
import { notFound } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

export function updateProject({ database, present }: ProjectDeps): Handler<'updateProject'> {
  return async ({ params, body, caller }) => {
    await assertTextsAllowed(database, caller.accountId, textsOfProject(body));
    const row = await change(database, caller.accountId, params.id, body);
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
