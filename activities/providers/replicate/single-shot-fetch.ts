/** A list of 100 predictions with long prompts and logs stays well below this. */
const REPLY_MAX_BYTES = 8 * 1024 * 1024;
/** A status the client does not retry and the service does not use; what really happened is in {@link Outcome}. */
const SHIELD_STATUS = 499;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** What one HTTP call came to. `unknown`: the reply never came or not whole, so the service may have acted. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly kind: 'unknown'; readonly cause: unknown };

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
      const timeout = AbortSignal.timeout(deps.timeoutMs);
      const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
      try {
        // A redirect would repeat a POST, and take the token along.
        const reply = await deps.fetch(input, { ...init, signal, redirect: 'error' });
        const body = await readText(reply);
        const { status, headers } = reply;
        const shielded = status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
        const response = new Response(body, { status: shielded ? SHIELD_STATUS : status, headers });
        return remember(response, { kind: 'answered', status, headers, body });
      } catch (cause) {
        return remember(new Response(null, { status: SHIELD_STATUS }), { kind: 'unknown', cause });
      }
    },
  };
}

/** The whole reply, here, where a cut in the middle can still be told from an answer. */
async function readText(reply: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of reply.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > REPLY_MAX_BYTES) throw new Error(`The reply is larger than ${REPLY_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
