import { and, desc, isNull, type SQL, sql } from '../../orm.ts';
import { searchTerms } from '#domain/text/folded-text.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { accounts } from '#drizzle/schema/accounts.ts';
import { olderThan } from '../keyset.ts';
import { countRows, type Page, pageOf, type PageRequest } from '../page.ts';

export type FoundAccount = Pick<
  typeof accounts.$inferSelect,
  'id' | 'displayName' | 'tier' | 'blockedAt' | 'createdAt'
> & {
  /** Credits. */
  readonly available: number;
};

/**
 * Accounts that are not erased, newest first.
 * @param q each of its terms must occur in name or subject; undefined: all accounts
 */
export async function findAccounts(
  database: Database,
  q: string | undefined,
  page: PageRequest,
): Promise<Page<FoundAccount>> {
  const wanted = and(isNull(accounts.erasedAt), ...searching(q));
  const rows = await retrying(() =>
    database.db
      .select({
        id: accounts.id,
        displayName: accounts.displayName,
        tier: accounts.tier,
        available: sql<number>`${accounts.posted} - ${accounts.held}`.mapWith(Number),
        blockedAt: accounts.blockedAt,
        createdAt: accounts.createdAt,
      })
      .from(accounts)
      .where(and(wanted, olderThan(accounts.createdAt, accounts.id, page.after)))
      .orderBy(desc(accounts.createdAt), desc(accounts.id))
      .limit(page.limit + 1),
  );
  return pageOf(rows, page.limit, await countRows(database, accounts, wanted));
}

/** One condition a term, which has no wildcards of LIKE. Signs alone, which are no term, find nothing. */
function searching(q: string | undefined): SQL[] {
  const terms = searchTerms(q);
  if (terms?.length === 0) return [sql`false`];
  return (terms ?? []).map((term) => sql`${accounts.foldedIdentity} LIKE ${`%${term}%`}`);
}
