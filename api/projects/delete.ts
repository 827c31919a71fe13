import { deleteProject as remove } from '../../drizzle/queries/projects.ts';
import type { ObjectRemoval } from '../../temporal/object-removal.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

export interface DeleteProjectDeps extends ProjectDeps {
  readonly removal: ObjectRemoval;
}

/** Rows and credits at once; the pictures, and whoever is still painting, by a workflow that does not forget. */
export function deleteProject({ database, removal }: DeleteProjectDeps): Handler<'deleteProject'> {
  return async ({ params, caller, context }) => {
    const { accountId } = caller;
    const deleted = await remove(database, accountId, params.id);
    if (!deleted) throw notFound();
    const asked = await removal.request({ accountId, generationIds: deleted.cancelledIds });
    context.log.info({ projectId: params.id, avatars: deleted.avatarCount, asked }, 'a project was deleted');
    return { status: 204, body: undefined };
  };
}
