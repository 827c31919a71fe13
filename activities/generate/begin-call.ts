import { isRemote, listPriceUsd, rateLimitOf, type ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markSubmitting } from '#drizzle/queries/generations/attempt-steps.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { pauseCreates } from '#drizzle/queries/providers/provider-limits.ts';
import {
  beginPermittedPurchase,
  beginPurchase,
  type Objection,
  type PurchaseOutcome,
  type PurchaseTerms,
} from '#drizzle/queries/providers/purchases.ts';
import { ProviderFailure } from '../providers/port.ts';
import { pause } from './pause.ts';
import type { ProviderGuard } from './provider-guard.ts';

/** A longer wait would block a worker slot that another provider's job could use. */
const LONGEST_WAIT_MS = 15_000;

/** What a call to this provider may cost, and how long it may wait. */
export function purchaseTerms(
  { provider, model }: Pick<Attempt, 'provider' | 'model'>,
  guard: Pick<ProviderGuard, 'bounds'>,
): PurchaseTerms {
  const rate = rateLimitOf(provider);
  return {
    costUsd: isRemote(provider) ? listPriceUsd(provider, model) : null,
    bounds: guard.bounds(provider),
    rate: rate && { ...rate, maxWaitMs: LONGEST_WAIT_MS },
  };
}

interface BeginCallOptions {
  readonly guard: Pick<ProviderGuard, 'bounds' | 'probe'>;
  readonly signal: AbortSignal;
  /** Of a purchase that has begun together with the attempt. */
  readonly begun?: PurchaseOutcome | Objection | undefined;
}

/**
 * Marks the attempt as `submitting` if the provider is in service, within its budget and rate limit, which all workers share.
 *
 * @returns false if another run was first or a cancel was requested: do not call
 * @throws ProviderFailure `out_of_service`, `circuit_open`, `model_circuit_open`, `over_budget`, or `rate_limited` when the wait would be
 *   too long; CancelledFailure
 */
export async function beginCall(
  database: Database,
  attempt: Attempt,
  { guard, signal, begun }: BeginCallOptions,
): Promise<boolean> {
  const purchase = { attempt, ...purchaseTerms(attempt, guard) };
  let outcome = begun ?? (await beginPermittedPurchase(database, purchase));
  if (outcome.kind === 'circuit_open') {
    await guard.probe(attempt);
    outcome = await beginPurchase(database, purchase);
  }
  switch (outcome.kind) {
    case 'submitting':
      return true;
    case 'taken':
      return false;
    case 'switched_off':
      throw new ProviderFailure('out_of_service', 'The provider is switched off by an admin');
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
