import type { Database } from '#drizzle/connection/database.ts';
import { listApiKeys as list } from '#drizzle/queries/accounts/api-keys.ts';
import type { Handler } from '../handler.ts';
import { presentApiKey } from './present.ts';

export interface ApiKeyDeps {
  readonly database: Database;
}

export function listApiKeys({ database }: ApiKeyDeps): Handler<'listApiKeys'> {
  return async ({ caller }) => ({
    status: 200,
    body: { data: (await list(database, caller.accountId)).map(presentApiKey) },
  });
}
