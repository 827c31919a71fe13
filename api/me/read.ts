import type { Database } from '../../drizzle/database.ts';
import { readAccount, unopened } from '../../drizzle/queries/accounts.ts';
import type { Handler } from '../handler.ts';
import type { RateLimits } from '../middleware/rate-limit.ts';
import { presentMe } from './present.ts';

export interface MeDeps {
  readonly database: Database;
  readonly limitsLeft: RateLimits['left'];
}

export function readMe({ database, limitsLeft }: MeDeps): Handler<'readMe'> {
  return async ({ caller }) => {
    const [account, left] = await Promise.all([readAccount(database, caller.accountId), limitsLeft(caller)]);
    return { status: 200, body: presentMe(account ?? unopened(caller), caller, left) };
  };
}
