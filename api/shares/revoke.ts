import { revokeShare as revoke } from '#drizzle/queries/avatars/shares.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ShareDeps } from './list.ts';

export function revokeShare({ database }: ShareDeps): Handler<'revokeShare'> {
  return async ({ params: { id }, caller: { accountId } }) => {
    if (!(await revoke(database, accountId, id))) throw notFound();
    return { status: 204, body: undefined };
  };
}
