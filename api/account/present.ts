import type { z } from 'zod';
import type { profile } from '#contract/profile.ts';
import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import { windowEnd } from '#domain/generation/limit-window.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
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
  const now = new Date();
  const hourlyLimit = account.hourlyLimit ?? TIER_RULES[account.tier].hourlyGenerations;
  return {
    accountId: account.id,
    name: account.displayName,
    tier: account.tier,
    role,
    defaults: account.defaults,
    providers: [...providers],
    starterCredits: presentWithheld(account),
    limits: {
      dailyGenerations: account.dailyLimit,
      dailyGenerationsLeft: Math.max(0, account.dailyLimit - account.dailyUsed),
      dailyLimitResetsAt: windowEnd('day', now).toISOString(),
      hourlyGenerations: hourlyLimit,
      hourlyGenerationsLeft: Math.max(0, hourlyLimit - account.hourlyUsed),
      hourlyLimitResetsAt: windowEnd('hour', now).toISOString(),
      unfinishedGenerations: account.unfinishedLimit,
      unfinishedGenerationsLeft: Math.max(0, account.unfinishedLimit - account.unfinished),
      requestsPerMinute: requests.perMinute,
      requestsLeft: requests.left,
      uploadsPerMinute: uploads.perMinute,
      uploadsLeft: uploads.left,
    },
  };
}

/** Also for admins. */
export function presentWithheld({ tier, withheld }: Pick<Account, 'tier' | 'withheld'>) {
  if (withheld === null) return null;
  const { reason, retryAt } = withheld;
  return { amount: STARTER_CREDITS[tier], reason, retryAt: retryAt?.toISOString() ?? null };
}
