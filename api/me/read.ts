import type { Database } from '../../drizzle/database.ts';
import { readAccount } from '../../drizzle/queries/accounts.ts';
import type { Handler } from '../handler.ts';
import type { RateLimits } from '../middleware/rate-limit.ts';
import { notFound } from '../problem.ts';

export interface MeDeps {
  readonly database: Database;
  readonly limitsLeft: RateLimits['left'];
}

export function readMe({ database, limitsLeft }: MeDeps): Handler<'readMe'> {
  return async ({ caller }) => {
    const [account, { requests, uploads }] = await Promise.all([
      readAccount(database, caller.accountId),
      limitsLeft(caller),
    ]);
    if (!account) throw notFound();
    return {
      status: 200,
      body: {
        accountId: account.id,
        name: account.displayName,
        tier: account.tier,
        role: caller.role,
        limits: {
          dailyGenerations: account.dailyLimit,
          dailyGenerationsLeft: Math.max(0, account.dailyLimit - account.dailyUsed),
          unfinishedGenerations: account.unfinishedLimit,
          unfinishedGenerationsLeft: Math.max(0, account.unfinishedLimit - account.unfinished),
          requestsPerMinute: requests.perMinute,
          requestsLeft: requests.left,
          uploadsPerMinute: uploads.perMinute,
          uploadsLeft: uploads.left,
        },
      },
    };
  };
}
