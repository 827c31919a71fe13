import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { pauseCreates, acquireCreateSlot } from '#drizzle/queries/providers/provider-limits.ts';
import { ProviderFailure } from '../providers/port.ts';
import { pause } from './pause.ts';

/**
 * Replicate publishes a limit of 600 creates a minute; a tenth is left as headroom. The others publish none, but a rate is needed to
 * apply their Retry-After to all workers. The illustrator has no limit.
 */
const RATES: Partial<Record<ProviderName, { readonly perMinute: number; readonly burst: number }>> = {
  replicate: { perMinute: 540, burst: 20 },
  fal: { perMinute: 300, burst: 20 },
  huggingface: { perMinute: 300, burst: 20 },
};
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
  const rate = RATES[provider];
  if (!rate) return;
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
  const rate = RATES[provider];
  if (rate) await pauseCreates(database, { provider, ...rate, pauseMs });
}
