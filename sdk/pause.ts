/**
 * Waits.
 * @param ms at most what setTimeout can keep
 * @throws the signal's reason, at once when it aborts
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

/** Before the n-th further try, ms: twice as long each time, anywhere in the upper half, so that many do not come back at once. */
export function backoffMs(tried: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
}
