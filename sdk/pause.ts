/**
 * Waits.
 * @param ms at most the maximum of setTimeout
 * @throws the signal's reason as soon as it aborts
 */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Pause before the n-th retry, ms: exponential with jitter in its upper half, so that clients do not retry at the same time. */
export function backoffMs(tried: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
}
