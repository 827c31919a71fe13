import { RequestFailed } from './request-failed.ts';

/** Limits of a minute are waited for; longer ones are shown. */
const WAIT_MAX_MS = 60_000;
const TRIES_MAX = 5;

/**
 * Sends a request, and again when the API says that it may be: for lists of requests that exceed a limit of a minute together. The
 * request needs an Idempotency-Key, or must change nothing.
 * @throws RequestFailed after {@link TRIES_MAX} tries, or when there is nothing to wait for; the signal's reason when aborted
 */
export async function withRetryAfter<Result>(send: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      const waitMs = error instanceof RequestFailed && error.retryable ? error.retryAfterMs : undefined;
      if (waitMs === undefined || waitMs > WAIT_MAX_MS || tries === TRIES_MAX) throw error;
      await sleep(waitMs, signal);
    }
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
