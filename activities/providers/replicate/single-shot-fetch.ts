import { asText, type Outcome, sendOnce } from '../http/send-once.ts';

/** A list of 100 predictions with long prompts and logs stays well below this. */
const REPLY_MAX_BYTES = 8 * 1024 * 1024;
/** A status the client does not retry and the service does not use; what really happened is in {@link Outcome}. */
const SHIELD_STATUS = 499;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

export interface SingleShot {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The true outcome behind a response that this fetch gave. */
  outcomeOf(response: Response): Outcome | undefined;
}

/**
 * A fetch that makes the replicate client send each call exactly once. Version 1.4.0 repeats a call up to five times without
 * waiting after a network error, a 429, or (GET) a 5xx; for a POST each repeat may be one more paid prediction. So those
 * outcomes are handed to it as a status it lets through, and kept beside it.
 *
 * @param timeoutMs bounds one call, reply included
 */
export function createSingleShot(deps: { fetch: typeof fetch; timeoutMs: number }): SingleShot {
  const outcomes = new WeakMap<Response, Outcome>();
  const remember = (response: Response, outcome: Outcome) => {
    outcomes.set(response, outcome);
    return response;
  };

  return {
    outcomeOf: (response) => outcomes.get(response),
    async fetch(input, init) {
      const outcome = asText(await sendOnce({ ...deps, replyMaxBytes: REPLY_MAX_BYTES }, input, init));
      if (outcome.kind === 'unknown') return remember(new Response(null, { status: SHIELD_STATUS }), outcome);
      const { status, headers, body } = outcome;
      const shielded = status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
      return remember(new Response(body, { status: shielded ? SHIELD_STATUS : status, headers }), outcome);
    },
  };
}
