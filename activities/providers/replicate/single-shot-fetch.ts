import { asText, type Outcome, sendOnce } from '../http/send-once.ts';

/** A list of 100 predictions with long prompts and logs stays well below this. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024;
/** A status that the client does not retry and the service does not use. The real outcome is stored separately. */
const NO_RETRY_STATUS = 499;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

export interface SingleShot {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The real outcome behind a response of this fetch. */
  outcomeOf(response: Response): Outcome | undefined;
}

/**
 * A fetch that makes the replicate client send each call exactly once. Version 1.4.0 retries up to five times without a pause after a
 * network error, a 429 or (for GET) a 5xx; each retry of a POST may be one more paid prediction. So the client gets a status that it
 * does not retry, and the real outcome is stored for {@link SingleShot.outcomeOf}.
 *
 * @param timeoutMs for the whole call, reply included
 */
export function createSingleShot(deps: { fetch: typeof fetch; timeoutMs: number }): SingleShot {
  const outcomes = new WeakMap<Response, Outcome>();
  const withOutcome = (response: Response, outcome: Outcome) => {
    outcomes.set(response, outcome);
    return response;
  };

  return {
    outcomeOf: (response) => outcomes.get(response),
    async fetch(input, init) {
      const outcome = asText(await sendOnce({ ...deps, replyMaxBytes: MAX_REPLY_BYTES }, input, init));
      if (outcome.kind === 'unknown') return withOutcome(new Response(null, { status: NO_RETRY_STATUS }), outcome);
      const { status, headers, body } = outcome;
      const wouldRetry = status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
      return withOutcome(new Response(body, { status: wouldRetry ? NO_RETRY_STATUS : status, headers }), outcome);
    },
  };
}
