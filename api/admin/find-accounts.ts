import type { Database } from '#drizzle/connection/database.ts';
import { findAccounts as find } from '#drizzle/queries/accounts/find-accounts.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';

/** What was searched for is not recorded: it names people. */
export function findAccounts({ database }: { readonly database: Database }): Handler<'findAccounts'> {
  return async ({ query: { q, ...query } }) => {
    const page = await find(database, q, pageRequest(query));
    const data = page.items.map(({ blockedAt, createdAt, ...account }) => ({
      ...account,
      blockedAt: blockedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    }));
    return { status: 200, body: listOfPage(page, data) };
  };
}
