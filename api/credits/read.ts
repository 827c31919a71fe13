import type { Database } from '#drizzle/connection/database.ts';
import { NO_CREDITS, readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Handler } from '../handler.ts';

export function readCredits({ database }: { database: Database }): Handler<'readCredits'> {
  return async ({ caller }) => {
    const balance = await readBalance(database, caller.accountId);
    return { status: 200, body: balance ?? NO_CREDITS };
  };
}
