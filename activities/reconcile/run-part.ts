import { setTimeout as sleep } from 'node:timers/promises';

/** A part begins no further row after this, ms. */
const BUDGET_MS = 5_000;
/**
 * A part that has not ended by then is left alone, ms: its calls end by their own time limits, and the other parts go on. All parts
 * together stay below the activity's timeout of two minutes.
 */
const TIMEOUT_MS = 8_000;

export interface PartLimits {
  readonly budgetMs: number;
  readonly timeoutMs: number;
}

export const PART_LIMITS: PartLimits = { budgetMs: BUDGET_MS, timeoutMs: TIMEOUT_MS };

/** A part did not end in time. */
export class PartTimedOut extends Error {
  override readonly name = 'PartTimedOut';
}

/**
 * Runs one part within its time.
 *
 * @throws PartTimedOut; what the part throws
 */
export async function runPart(
  part: (signal: AbortSignal) => Promise<number>,
  { budgetMs, timeoutMs }: PartLimits,
): Promise<number> {
  const ended = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: ended.signal, ref: false }).then(() => {
    throw new PartTimedOut(`The part did not end within ${timeoutMs} ms; the next round continues it`);
  });
  timeout.catch(() => undefined);
  try {
    return await Promise.race([part(AbortSignal.timeout(budgetMs)), timeout]);
  } finally {
    ended.abort();
  }
}
