import { readBounded } from './bounded-body.ts';

/** What one HTTP call came to. `unknown`: the reply never came or not whole, so the service may have acted. */
export type Outcome<Body = string> =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: Body }
  | { readonly kind: 'unknown'; readonly cause: unknown };

export interface SendOnceDeps {
  readonly fetch: typeof fetch;
  /** Bounds the call, reply included. */
  readonly timeoutMs: number;
  readonly replyMaxBytes: number;
}

/**
 * One call over the wire, never repeated: not by us, not by a redirect, which would send a POST again and take the key along.
 * Does not throw.
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
