const MINUTE_MS = 60_000;

/** What is known about how fast the studio works. */
export interface PaceFacts {
  /** Being made at this moment. */
  readonly running: number;
  /** Finished lately, a minute. */
  readonly drainPerMinute: number;
  /** What making one has taken lately, ms; null when none was made. */
  readonly generationMs: number | null;
}

/**
 * Generations a minute while there is work: after a quiet hour hardly anything was finished lately, but what comes now is made
 * as fast as ever, so many at a time as are being made now, at least one.
 * @returns 0 while nothing is known
 */
export function pacePerMinute({ running, drainPerMinute, generationMs }: PaceFacts): number {
  if (generationMs === null || generationMs <= 0) return drainPerMinute;
  return Math.max(drainPerMinute, (Math.max(1, running) * MINUTE_MS) / generationMs);
}

/** @returns about how long until it is its turn; null while nothing is known */
export function etaSeconds(ahead: number, perMinute: number): number | null {
  return perMinute > 0 ? Math.ceil((ahead / perMinute) * 60) : null;
}
