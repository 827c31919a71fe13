/** Between two rounds: no caller waits for a mark, and a database that has just recovered has other work. */
const ROUND_INTERVAL_MS = 1_000;
/** Longer than any outage. After this a mark is given up; a workflow that has started generates nevertheless. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** Marks generations as accepted that were answered with 202 while the database did not accept the mark. */
export interface LateAcceptances {
  /**
   * @param mark repeated until it succeeds; harmless when it is late
   * @param error of the first try
   */
  add(id: string, mark: () => Promise<unknown>, error: unknown): void;
}

/** @param log receives an entry for each late mark, and for one that was given up */
export function createLateAcceptances(log: (error: unknown) => void): LateAcceptances {
  const waiting = new Map<string, { readonly mark: () => Promise<unknown>; readonly untilMs: number }>();
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    timer = waiting.size === 0 ? undefined : setTimeout(() => void round(), ROUND_INTERVAL_MS).unref();
  }

  async function round(): Promise<void> {
    for (const [id, { mark, untilMs }] of waiting) {
      try {
        await mark();
        waiting.delete(id);
      } catch (error) {
        if (performance.now() < untilMs) break; // The database is still unavailable: the other marks would fail as well.
        waiting.delete(id);
        log(error);
      }
    }
    schedule();
  }

  return {
    add(id, mark, error) {
      log(error);
      waiting.set(id, { mark, untilMs: performance.now() + GIVE_UP_AFTER_MS });
      if (timer === undefined) schedule();
    },
  };
}
