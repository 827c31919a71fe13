/** An earlier poll would find no change, and the service allows 3,000 polls a minute. */
const POLL_MIN_MS = 250;
/** Users notice a longer delay. */
const POLL_MAX_MS = 5_000;
/** After the typical duration, each pause is a quarter of the elapsed time: 20 polls cover a minute. */
const BACKOFF_SHARE = 0.25;

/**
 * The pause before the next poll. It depends only on how long the prediction has run, so any worker can continue another's polling.
 *
 * @param elapsedMs the difference of two clocks, theirs and ours, so it may be wrong or negative; the bounds make that harmless
 */
export function pollAfterMs(typicalMs: number, elapsedMs: number): number {
  const wait = elapsedMs < typicalMs ? typicalMs - Math.max(0, elapsedMs) : elapsedMs * BACKOFF_SHARE;
  return Math.round(Math.min(Math.max(wait, POLL_MIN_MS), POLL_MAX_MS));
}
