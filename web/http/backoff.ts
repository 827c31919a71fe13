const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * The delay before a retry, with jitter, so that a thousand tabs don't reconnect at the same moment.
 *
 * @param failures consecutive failures, from 1
 * @param random 0 ≤ x < 1
 * @returns milliseconds, at least a fifth of the step
 */
export function backoffMs(failures: number, random: () => number): number {
  const step = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return Math.round(step * (0.2 + 0.8 * random()));
}
