import type { Database } from '../../drizzle/database.ts';
import { readBalance } from '../../drizzle/queries/credits.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export function readCredits({ database }: { database: Database }): Handler<'readCredits'> {
  return async ({ caller }) => {
    const balance = await readBalance(database, caller.accountId);
    if (!balance) throw notFound();
    return { status: 200, body: balance };
  };
}
