import { readBounded } from './bounded-body.ts';

/** The outcome of one HTTP call. `unknown`: no complete reply arrived, so the service may have acted. */
export type Outcome<Body = string> =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: Body }
  | { readonly kind: 'unknown'; readonly cause: unknown };

export interface SendOnceDeps {
  readonly fetch: typeof fetch;
  /** For the whole call, reply included. */
  readonly timeoutMs: number;
  readonly replyMaxBytes: number;
}

/**
 * Sends one HTTP request, without retries and without following redirects, which would send a POST and the key again. Never throws.
 */
export async function sendOnce(
  deps: SendOnceDeps,
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Outcome<Buffer>> {
  const timeout = AbortSignal.timeout(deps.timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    const reply = await deps.fetch(input, { ...init, signal, redirect: 'error' });
    const body = await readBounded(reply, deps.replyMaxBytes);
    return { kind: 'answered', status: reply.status, headers: reply.headers, body };
  } catch (cause) {
    return { kind: 'unknown', cause };
  }
}

export function asText(outcome: Outcome<Buffer>): Outcome {
  return outcome.kind === 'unknown' ? outcome : { ...outcome, body: outcome.body.toString('utf8') };
}
