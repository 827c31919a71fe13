import type { Database } from '#drizzle/connection/database.ts';
import {
  dismissReport as dismiss,
  restoreTakenDownAvatar as restore,
  takedownAvatar as takedown,
} from '#drizzle/queries/admin/reports.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

interface DecideDeps {
  readonly database: Database;
}

export function dismissReport({ database }: DecideDeps): Handler<'dismissReport'> {
  return async ({ params: { id } }) => {
    if (!(await dismiss(database, id))) throw notFound();
    return { status: 200, body: { id } };
  };
}

export function takedownAvatar({ database }: DecideDeps): Handler<'takedownAvatar'> {
  return async ({ params: { id }, body }) => {
    if (!(await takedown(database, id, body.reason))) throw notFound();
    return { status: 200, body: { avatarId: id, review: 'taken_down' } };
  };
}

/** @throws ApiProblem not_found; conflict when the avatar is not taken down */
export function restoreTakenDownAvatar({ database }: DecideDeps): Handler<'restoreTakenDownAvatar'> {
  return async ({ params: { id } }) => {
    const outcome = await restore(database, id);
    if (outcome === 'unknown') throw notFound();
    if (outcome === 'not_taken_down') throw new ApiProblem('conflict', { detail: 'This avatar is not taken down' });
    return { status: 200, body: { avatarId: id, review: 'approved' } };
  };
}
