/** Sooner than this the answer has not changed, and 3,000 questions a minute are all we have. */
const POLL_MIN_MS = 250;
/** Later than this people notice. */
const POLL_MAX_MS = 5_000;
/** Beyond the typical time, wait a quarter of what has passed: 20 questions cover a minute. */
const BACKOFF_PART = 0.25;

/**
 * When to ask next. Follows from how long the prediction has run, so that any worker can go on where another stopped.
 *
 * @param elapsedMs by two clocks (theirs and ours), so it may be off or negative; the bounds make that harmless
 */
export function pollAfterMs(typicalMs: number, elapsedMs: number): number {
  const wait = elapsedMs < typicalMs ? typicalMs - Math.max(0, elapsedMs) : elapsedMs * BACKOFF_PART;
  return Math.round(Math.min(Math.max(wait, POLL_MIN_MS), POLL_MAX_MS));
}
