import { trashDuplicates } from '#drizzle/queries/avatars/duplicates.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { DuplicateDeps } from './list-similar.ts';

/** Retains one avatar and moves its duplicates to the trash, from which they can be restored. */
export function resolveDuplicates({ database }: Pick<DuplicateDeps, 'database'>): Handler<'resolveDuplicates'> {
  return async ({ body: { retain, trash }, caller }) => {
    if (!(await trashDuplicates(database, caller.accountId, { retain, trash }))) throw notFound();
    return { status: 200, body: { retained: retain, trashed: trash } };
  };
}
