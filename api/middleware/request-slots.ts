import { ApiProblem } from '../problem.ts';

/** Requests that are waiting now have ended by then. */
const BUSY_RETRY_SECONDS = 2;

/** Limits how many requests a process handles at a time. Further ones are refused at once, while those accepted still finish in time. */
export interface RequestSlots {
  /** @throws ApiProblem unavailable, while all slots are taken */
  assertFree(): void;
  /**
   * Holds a slot while `work` runs. The time in which a client sends its body or reads the response does not count: a slow client
   * would take the slots of others.
   * @throws ApiProblem unavailable, without running `work`
   */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createRequestSlots(limit: number): RequestSlots {
  let held = 0;
  function assertFree(): void {
    if (held < limit) return;
    throw new ApiProblem('unavailable', {
      detail: 'The API is too busy at the moment',
      retryAfterSeconds: BUSY_RETRY_SECONDS,
    });
  }
  return {
    assertFree,
    async hold(work) {
      assertFree();
      held += 1;
      try {
        return await work();
      } finally {
        held -= 1;
      }
    },
  };
}
