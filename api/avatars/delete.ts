import { deleteAvatar as remove, trashAvatar } from '#drizzle/queries/avatars/avatar-change.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { AvatarDeps } from './list.ts';

export interface DeleteAvatarDeps extends AvatarDeps {
  readonly removal: ObjectRemoval;
}

/** Moves an avatar to the trash, or deletes it permanently; a workflow then removes its images. */
export function deleteAvatar({ database, removal }: DeleteAvatarDeps): Handler<'deleteAvatar'> {
  return async ({ params, query, caller }) => {
    const { accountId } = caller;
    const found = query.forever
      ? await remove(database, accountId, params.id)
      : await trashAvatar(database, accountId, params.id);
    if (!found) throw notFound();
    if (query.forever) await removal.request({ accountId });
    return { status: 204, body: undefined };
  };
}
