/** Waits that can be cut short: the provider called back, so its work may be done. */
export interface Wakeups {
  /** Aborted at the first {@link wake} of this attempt; to be left behind by `forget`. */
  of(attemptId: string): AbortSignal;
  forget(attemptId: string): void;
  /** Ends the wait of this attempt, if anybody waits for it here. */
  wake(attemptId: string): void;
}

/** Of this process: whoever polls an attempt polls it in one process at a time. */
export function createWakeups(): Wakeups {
  const waiting = new Map<string, AbortController>();
  return {
    of(attemptId) {
      const known = waiting.get(attemptId);
      const controller = known && !known.signal.aborted ? known : new AbortController();
      waiting.set(attemptId, controller);
      return controller.signal;
    },
    forget: (attemptId) => void waiting.delete(attemptId),
    wake: (attemptId) => waiting.get(attemptId)?.abort(),
  };
}
