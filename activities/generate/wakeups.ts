/** Ends the pause between polls early: the provider's webhook reports that the job may be complete. */
export interface Wakeups {
  /** A signal that aborts at the attempt's first {@link wake}. Release it with `forget`. */
  of(attemptId: string): AbortSignal;
  forget(attemptId: string): void;
  /** Ends the attempt's wait if it runs in this process. */
  wake(attemptId: string): void;
}

/** Process-local: an attempt is polled in one process at a time. */
export function createWakeups(): Wakeups {
  const waiting = new Map<string, AbortController>();
  return {
    of(attemptId) {
      const current = waiting.get(attemptId);
      const controller = current && !current.signal.aborted ? current : new AbortController();
      waiting.set(attemptId, controller);
      return controller.signal;
    },
    forget: (attemptId) => void waiting.delete(attemptId),
    wake: (attemptId) => waiting.get(attemptId)?.abort(),
  };
}
