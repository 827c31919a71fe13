import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { pauseCreates, acquireCreateSlot } from '#drizzle/queries/providers/provider-limits.ts';
import { ProviderFailure } from '../providers/port.ts';
import { pause } from './pause.ts';

/**
 * Replicate publishes 600 creates a minute; a tenth is left as room. The others publish none, but must be held off as well when
 * they say Retry-After, so they have one of ours. The illustrator is nobody's service.
 */
const RATES: Partial<Record<ProviderName, { readonly perMinute: number; readonly burst: number }>> = {
  replicate: { perMinute: 540, burst: 20 },
  fal: { perMinute: 300, burst: 20 },
  huggingface: { perMinute: 300, burst: 20 },
};
/** Waiting longer holds a slot that another provider's image could use. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Waits for this worker's turn among all workers' paid calls to a provider.
 *
 * @throws ProviderFailure `rate_limited` when the line is too long; CancelledFailure
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
    throw new ProviderFailure('rate_limited', 'our own limit', { retryAfterMs: slot.retryAfterMs });
  }
  await pause(slot.waitMs, signal);
}

/** The provider said Retry-After to one of us: nobody calls before. */
export async function recordProviderBackoff(
  database: Database,
  provider: ProviderName,
  pauseMs: number,
): Promise<void> {
  const rate = RATES[provider];
  if (rate) await pauseCreates(database, { provider, ...rate, pauseMs });
}
