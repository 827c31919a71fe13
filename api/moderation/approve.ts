import type { Database } from '#drizzle/connection/database.ts';
import { approveAvatar as approve } from '#drizzle/queries/admin/moderation.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

/** @throws ApiProblem not_found; conflict when the avatar is not waiting for review */
export function approveAvatar({ database }: { readonly database: Database }): Handler<'approveAvatar'> {
  return async ({ params: { id } }) => {
    const outcome = await approve(database, id);
    if (outcome === 'unknown') throw notFound();
    if (outcome === 'not_waiting')
      throw new ApiProblem('conflict', { detail: 'This avatar is not waiting for review' });
    return { status: 200, body: { avatarId: id, review: 'approved' } };
  };
}
