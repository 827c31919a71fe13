import type { z } from 'zod';
import type { profile } from '#contract/profile.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Account } from '#drizzle/queries/accounts/accounts.ts';
import type { Caller } from '../request-context.ts';
import type { RateLimits } from '../middleware/rate-limit.ts';

/** Maps the account to the profile that its user sees. */
export function presentProfile(
  account: Account,
  { role }: Caller,
  { requests, uploads }: Awaited<ReturnType<RateLimits['left']>>,
  providers: readonly ProviderName[],
): z.output<typeof profile> {
  return {
    accountId: account.id,
    name: account.displayName,
    tier: account.tier,
    role,
    defaults: account.defaults,
    providers: [...providers],
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
  };
}
