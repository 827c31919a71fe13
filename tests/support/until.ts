import { setTimeout as sleep } from 'node:timers/promises';

const POLL_EVERY_MS = 25;
const GIVE_UP_MS = 30_000;

/** Waits for something to become true. @throws when it has not within the time */
export async function until<Value>(
  probe: () => Value | Promise<Value>,
  { timeoutMs = GIVE_UP_MS, what = 'what the test waits for' }: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<Value>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<Value>;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await sleep(POLL_EVERY_MS);
  }
}
