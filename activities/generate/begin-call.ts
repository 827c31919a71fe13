import { isRemote, listPriceUsd, rateLimitOf, type ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markSubmitting } from '#drizzle/queries/generations/attempt-steps.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { pauseCreates } from '#drizzle/queries/providers/provider-limits.ts';
import { beginPurchase, type Bounds } from '#drizzle/queries/providers/purchases.ts';
import { ProviderFailure } from '../providers/port.ts';
import { pause } from './pause.ts';

/** A longer wait would block a worker slot that another provider's job could use. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Marks the attempt as `submitting`, within budget and rate limit of the provider, which all workers share.
 *
 * @returns false if another run was first or a cancel was requested: do not call
 * @throws ProviderFailure `over_budget`, or `rate_limited` when the wait would be too long; CancelledFailure
 */
export async function beginCall(
  database: Database,
  attempt: Attempt,
  { bounds, signal }: { readonly bounds: Bounds; readonly signal: AbortSignal },
): Promise<boolean> {
  const { provider, model } = attempt;
  const rate = rateLimitOf(provider);
  const outcome = await beginPurchase(database, {
    attempt,
    costUsd: isRemote(provider) ? listPriceUsd(provider, model) : null,
    bounds,
    rate: rate && { ...rate, maxWaitMs: LONGEST_WAIT_MS },
  });
  switch (outcome.kind) {
    case 'submitting':
      return true;
    case 'taken':
      return false;
    case 'over_budget':
      throw new ProviderFailure('over_budget', 'The remaining budget for today does not cover this model');
    case 'crowded': {
      const { retryAfterMs } = outcome;
      throw new ProviderFailure('rate_limited', 'Our own rate limit for the provider is exhausted', { retryAfterMs });
    }
    case 'wait':
      await pause(outcome.waitMs, signal);
      return markSubmitting(database, attempt);
  }
}

/** Applies a Retry-After, in milliseconds, that one worker received to all workers. */
export async function recordProviderBackoff(
  database: Database,
  provider: ProviderName,
  pauseMs: number,
): Promise<void> {
  const rate = rateLimitOf(provider);
  if (rate !== null) await pauseCreates(database, { provider, ...rate, pauseMs });
}
