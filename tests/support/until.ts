import { setTimeout as sleep } from 'node:timers/promises';
import { isTemporary } from '#drizzle/connection/transient.ts';

const FIRST_PAUSE_MS = 25;
/** Each pause is longer than the one before by this factor, up to the longest: a hundred tests that wait must not keep Postgres busy. */
const PAUSE_GROWTH = 1.3;
const LONGEST_PAUSE_MS = 150;
/** Only a failing test waits for so long; below a test's own limit. */
const DEFAULT_TIMEOUT_MS = 150_000;

/**
 * Polls until `probe` returns something truthy. A statement that a busy machine did not answer in time is asked again.
 * @returns that value. @throws Error when the time is over
 */
export async function until<Value>(
  probe: () => Value | Promise<Value>,
  {
    timeoutMs = DEFAULT_TIMEOUT_MS,
    what = 'the awaited condition',
  }: { timeoutMs?: number | undefined; what?: string } = {},
): Promise<NonNullable<Value>> {
  const end = Date.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS)) {
    const value = await answerOf(probe);
    if (value) return value as NonNullable<Value>;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await sleep(pauseMs);
  }
}

async function answerOf<Value>(probe: () => Value | Promise<Value>): Promise<Value | undefined> {
  try {
    return await probe();
  } catch (error) {
    if (isTemporary(error)) return undefined;
    throw error;
  }
}
