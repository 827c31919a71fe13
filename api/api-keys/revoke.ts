import { revokeApiKey as revoke } from '#drizzle/queries/accounts/api-keys.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ApiKeyDeps } from './list.ts';

export function revokeApiKey({ database }: ApiKeyDeps): Handler<'revokeApiKey'> {
  return async ({ params: { id }, caller: { accountId } }) => {
    if (!(await revoke(database, accountId, id))) throw notFound();
    return { status: 204, body: undefined };
  };
}
