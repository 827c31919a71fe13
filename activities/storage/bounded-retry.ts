import { setTimeout as sleep } from 'node:timers/promises';

/** A write of a few MiB takes a second; what takes longer than this is stuck, and is cut off. */
const TRY_TIMEOUT_MS = 5_000;
/** Short hiccups are bridged here; outages are the workflow's business, which can wait without holding anything. */
const TRIES = 3;
const FIRST_PAUSE_MS = 200;
const PAUSE_FACTOR = 3;

export interface RetryLimits {
  readonly tryTimeoutMs: number;
  readonly tries: number;
}

export const RETRY_LIMITS: RetryLimits = { tryTimeoutMs: TRY_TIMEOUT_MS, tries: TRIES };

/** A fault that may be gone in a moment. */
export class Hiccup extends Error {
  override readonly name = 'Hiccup';
}

/**
 * Runs a call that may be repeated without harm. Each try is cut off by its signal; only a {@link Hiccup} or the cut-off itself
 * leads to another one.
 *
 * @throws what the last try threw
 */
export async function withRetries<Result>(
  limits: RetryLimits,
  attempt: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    const signal = AbortSignal.timeout(limits.tryTimeoutMs);
    try {
      return await attempt(signal);
    } catch (error) {
      if (tried >= limits.tries || !(error instanceof Hiccup || signal.aborted)) throw error;
      // Full jitter, so that workers which failed together don't come back together.
      await sleep(Math.random() * FIRST_PAUSE_MS * PAUSE_FACTOR ** (tried - 1));
    }
  }
}
