import { rateLimitOf, type ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { pauseCreates, acquireCreateSlot } from '#drizzle/queries/providers/provider-limits.ts';
import { ProviderFailure } from '../providers/port.ts';
import { pause } from './pause.ts';

/** A longer wait would block a worker slot that another provider's job could use. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Waits until the provider's rate limit, shared by all workers, allows the next paid call.
 *
 * @throws ProviderFailure `rate_limited` when the wait would be too long; CancelledFailure
 */
export async function awaitProviderRateLimit(
  database: Database,
  provider: ProviderName,
  signal: AbortSignal,
): Promise<void> {
  const rate = rateLimitOf(provider);
  if (rate === null) return;
  const slot = await acquireCreateSlot(database, { provider, ...rate, maxWaitMs: LONGEST_WAIT_MS });
  if (slot.kind === 'crowded') {
    throw new ProviderFailure('rate_limited', 'Our own rate limit for the provider is exhausted', {
      retryAfterMs: slot.retryAfterMs,
    });
  }
  await pause(slot.waitMs, signal);
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
