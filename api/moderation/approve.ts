import type { Database } from '#drizzle/connection/database.ts';
import { approveAvatar as approve } from '#drizzle/queries/admin/moderation.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

export function approveAvatar({ database }: { readonly database: Database }): Handler<'approveAvatar'> {
  return async ({ params: { id } }) => {
    const outcome = await approve(database, id);
    if (outcome === 'unknown') throw notFound();
    if (outcome === 'not_waiting') throw new ApiProblem('conflict', { detail: 'Nobody doubted it' });
    return { status: 200, body: { avatarId: id, review: 'approved' } };
  };
}
