import type { Database } from '#drizzle/connection/database.ts';
import { type DeletedProject, deleteProject as remove, emptyProject } from '#drizzle/queries/avatars/projects.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

/** Rows of one round: a quarter of a statement's time on a busy machine. */
const ROUND = 500;
/** Somebody waits; what is done by then stays done, and the next DELETE goes on. */
const WAIT_MS = 20_000;
const RETRY_AFTER_SECONDS = 1;

export interface DeleteProjectDeps extends ProjectDeps {
  readonly removal: ObjectRemoval;
}

/**
 * Rows and credits at once; the images, and whoever is still painting, by a workflow that does not forget. A project of more than a
 * thousand avatars is emptied by rounds before it goes.
 */
export function deleteProject({ database, removal }: DeleteProjectDeps): Handler<'deleteProject'> {
  return async ({ params, caller, context }) => {
    const { accountId } = caller;
    const deleted = await removeRows(database, accountId, params.id);
    if (!deleted) throw notFound();
    const asked = await removal.request({ accountId, generationIds: deleted.cancelledIds });
    context.log.info({ projectId: params.id, avatars: deleted.avatarCount, asked }, 'a project was deleted');
    return { status: 204, body: undefined };
  };
}

async function removeRows(database: Database, accountId: string, id: string): Promise<DeletedProject | undefined> {
  const startedAt = performance.now();
  let avatarCount = 0;
  for (;;) {
    const deleted = await remove(database, accountId, id);
    if (deleted !== 'too_big') return deleted && { ...deleted, avatarCount: avatarCount + deleted.avatarCount };
    if (performance.now() - startedAt > WAIT_MS) {
      throw new ApiProblem('unavailable', {
        detail: 'It is big: part of it is deleted, ask again for the rest',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    avatarCount += (await emptyProject(database, accountId, id, { limit: ROUND })).avatars;
  }
}
