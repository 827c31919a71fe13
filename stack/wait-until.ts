import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** The condition as a noun phrase, for the error message. */
  readonly what: string;
  readonly timeoutMs: number;
  /** Pause between two checks. */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/** Short enough not to delay the start, long enough to leave the CPU to the starting process. */
const DEFAULT_EVERY_MS = 50;

/**
 * Repeats `check` until it returns a value other than `undefined` or `false`.
 *
 * @throws Error naming `what`, with the last failure as its cause, after `timeoutMs`; the abort reason when aborted.
 */
export async function waitUntil<T>(options: WaitOptions, check: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  let lastFailure: unknown;
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
      lastFailure = undefined;
    } catch (error) {
      lastFailure = error;
    }
    if (performance.now() >= deadline) {
      const seconds = Math.round(options.timeoutMs / 100) / 10;
      throw new Error(`timed out after ${seconds} s: ${options.what}`, { cause: lastFailure });
    }
    await sleep(options.everyMs ?? DEFAULT_EVERY_MS);
  }
}
