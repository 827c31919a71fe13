/** Between two rounds, ms: nobody waits for it, and the database has others to serve when it comes back. */
const ROUND_EVERY_MS = 1_000;
/** After this, ms, an outage is no longer waited for; what Temporal has heard of is made all the same. */
const WAIT_MS = 3_600_000;

/** Marks generations accepted whose caller was told 202 while the database did not take the mark. */
export interface LateAcceptances {
  /**
   * @param mark tried until it comes through; harmless when it is late
   * @param error why it did not at once
   */
  add(id: string, mark: () => Promise<unknown>, error: unknown): void;
}

/** @param log told of each that is late, and of one that was given up */
export function createLateAcceptances(log: (error: unknown) => void): LateAcceptances {
  const waiting = new Map<string, { readonly mark: () => Promise<unknown>; readonly untilMs: number }>();
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    timer = waiting.size === 0 ? undefined : setTimeout(() => void round(), ROUND_EVERY_MS).unref();
  }

  async function round(): Promise<void> {
    for (const [id, { mark, untilMs }] of waiting) {
      try {
        await mark();
        waiting.delete(id);
      } catch (error) {
        if (performance.now() < untilMs) break; // still away: the others would wait in vain as well
        waiting.delete(id);
        log(error);
      }
    }
    schedule();
  }

  return {
    add(id, mark, error) {
      log(error);
      waiting.set(id, { mark, untilMs: performance.now() + WAIT_MS });
      if (timer === undefined) schedule();
    },
  };
}
