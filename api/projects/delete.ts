import type { Database } from '#drizzle/connection/database.ts';
import { type DeletedProject, deleteProject as remove, emptyProject } from '#drizzle/queries/avatars/projects.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { ProjectDeps } from './list.ts';

/** Avatars deleted at once: takes a quarter of the statement timeout on a busy machine. */
const CHUNK_SIZE = 500;
/** The client waits for the response. What was deleted by then stays deleted, and the next DELETE continues. */
const DELETE_TIMEOUT_MS = 20_000;
const RETRY_AFTER_SECONDS = 1;

export interface DeleteProjectDeps extends ProjectDeps {
  readonly removal: ObjectRemoval;
}

/**
 * Deletes a project: its rows and held credits at once, its images and running generations by a workflow. A project with more than a
 * thousand avatars is emptied in chunks first.
 * @throws ApiProblem not_found; unavailable when deleting takes too long, then the next request continues
 */
export function deleteProject({ database, removal }: DeleteProjectDeps): Handler<'deleteProject'> {
  return async ({ params, caller, context }) => {
    const { accountId } = caller;
    const deleted = await removeRows(database, accountId, params.id);
    const removalRequested = await removal.request({ accountId, generationIds: deleted.cancelledIds });
    context.log.info({ projectId: params.id, avatars: deleted.avatarCount, removalRequested }, 'a project was deleted');
    return { status: 204, body: undefined };
  };
}

async function removeRows(database: Database, accountId: string, id: string): Promise<DeletedProject> {
  const startedAt = performance.now();
  let avatarCount = 0;
  for (;;) {
    const deleted = await remove(database, accountId, id);
    if (!deleted) throw notFound();
    if (deleted !== 'too_big') return { ...deleted, avatarCount: avatarCount + deleted.avatarCount };
    if (performance.now() - startedAt > DELETE_TIMEOUT_MS) {
      throw new ApiProblem('unavailable', {
        detail: 'The project is large and only part of it was deleted. Delete it again to remove the rest',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    avatarCount += (await emptyProject(database, accountId, id, { limit: CHUNK_SIZE })).avatars;
  }
}
