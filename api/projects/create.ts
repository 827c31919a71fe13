import { isDeepStrictEqual } from 'node:util';
import { API_BASE } from '#contract/route.ts';
import { createProject as insertOnce } from '#drizzle/queries/avatars/projects.ts';
import { idFor } from '../idempotency.ts';
import type { Handler } from '../handler.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOfProject } from '../moderation/texts-of.ts';
import { ApiProblem } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

const ROUTE = 'POST /projects';

/** Creates a project. The same idempotency key returns the same project, even if it was renamed since. */
export function createProject({ database, present }: ProjectDeps): Handler<'createProject'> {
  return async ({ body, caller, idempotencyKey }) => {
    const input = {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      accountId: caller.accountId,
      name: body.name,
      description: body.description ?? '',
      defaults: body.defaults ?? {},
    };
    await assertTextsAllowed(database, caller.accountId, textsOfProject(input));
    const { created, project } = await withIdInFailure({ projectId: input.id }, () => insertOnce(database, input));
    const unchanged = project.updatedAt.getTime() === project.createdAt.getTime();
    const sameRequest =
      project.name === input.name &&
      project.description === input.description &&
      isDeepStrictEqual(project.defaults, input.defaults);
    if (!created && unchanged && !sameRequest) throw new ApiProblem('idempotency_mismatch');
    return {
      status: 201,
      body: await withIdInFailure({ projectId: input.id }, () => present(project)),
      headers: {
        Location: `${API_BASE}/projects/${project.id}`,
        ...(!created && { 'Idempotent-Replayed': 'true' }),
      },
    };
  };
}
