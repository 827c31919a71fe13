import type { Database } from '#drizzle/connection/database.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { readAccount, unopenedAccount } from '#drizzle/queries/accounts/accounts.ts';
import type { Handler } from '../handler.ts';
import type { RateLimits } from '../middleware/rate-limit.ts';
import { presentProfile } from './present.ts';

export interface ProfileDeps {
  readonly database: Database;
  readonly limitsLeft: RateLimits['left'];
  /** Configured. */
  readonly providers: readonly ProviderName[];
}

export function readProfile({ database, limitsLeft, providers }: ProfileDeps): Handler<'readProfile'> {
  return async ({ caller }) => {
    const [account, left] = await Promise.all([readAccount(database, caller.accountId), limitsLeft(caller)]);
    return { status: 200, body: presentProfile(account ?? unopenedAccount(caller), caller, left, providers) };
  };
}
