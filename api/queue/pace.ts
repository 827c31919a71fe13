const MINUTE_MS = 60_000;

/** Recent throughput measurements. */
export interface PaceInput {
  /** Generations in progress. */
  readonly running: number;
  /** Recently finished generations per minute. */
  readonly drainPerMinute: number;
  /** Recent duration of one generation, ms; null when none has finished. */
  readonly generationMs: number | null;
}

/**
 * Generations per minute while the queue is not empty. After a quiet hour the recent rate is low although new generations take no
 * longer than usual, so the rate is at least what the generations in progress (or one) would reach.
 * @returns 0 while nothing has been measured
 */
export function pacePerMinute({ running, drainPerMinute, generationMs }: PaceInput): number {
  if (generationMs === null || generationMs <= 0) return drainPerMinute;
  return Math.max(drainPerMinute, (Math.max(1, running) * MINUTE_MS) / generationMs);
}

/** @returns estimated wait; null while nothing has been measured */
export function etaSeconds(ahead: number, perMinute: number): number | null {
  return perMinute > 0 ? Math.ceil((ahead / perMinute) * 60) : null;
}
