import { setTimeout as sleep } from 'node:timers/promises';

const POLL_EVERY_MS = 25;
const DEFAULT_TIMEOUT_MS = 50_000;

/** Polls until `probe` returns something truthy. @returns that value. @throws Error when the time is over */
export async function until<Value>(
  probe: () => Value | Promise<Value>,
  { timeoutMs = DEFAULT_TIMEOUT_MS, what = 'the awaited condition' }: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<Value>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<Value>;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await sleep(POLL_EVERY_MS);
  }
}
