import { ConnectionError, RefusedError } from './errors.ts';
import type { ClientOptions } from './options.ts';
import { backoffMs, pause } from './pause.ts';
import { readProblem } from './read-problem.ts';

/** Above the API's longest wait: 3 s for an admission outcome. */
const TIMEOUT_MS = 15_000;
const MAX_RETRIES = 3;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A longer Retry-After is not waited for but returned to the caller. */
const LONGEST_RETRY_AFTER_MS = 30_000;
/** Statuses of a proxy without an upstream, and of a temporarily unavailable API. */
const PASSING_STATUSES = new Set([502, 503, 504]);

export interface RequestInput {
  readonly method: 'GET' | 'POST';
  /** With the base, such as `/api/v1/me`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** Safe to repeat although it is a POST without an Idempotency-Key. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** HTTP client of the API: tokens, timeouts, retries, typed errors. */
export interface Transport {
  /**
   * Returns the response's JSON; retries where that is safe.
   * @throws RefusedError, ConnectionError, the signal's reason
   */
  json<Answer>(call: RequestInput): Promise<Answer>;
  /** Opens a stream, without retries of server-sent events. @throws RefusedError, ConnectionError, the signal's reason */
  open(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** @param headers sent with every call */
export function createTransport(options: ClientOptions, headers: Readonly<Record<string, string>> = {}): Transport {
  const { token, timeoutMs = TIMEOUT_MS, maxRetries = MAX_RETRIES } = options;
  const send = options.fetch ?? globalThis.fetch;
  const base = options.baseUrl.replace(/\/+$/, '');

  const bearer = async (): Promise<string> => `Bearer ${typeof token === 'function' ? await token() : token}`;

  async function request(
    call: RequestInput,
    authorization: string,
    accept: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const url = new URL(base + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await send(url, {
      method: call.method,
      headers: {
        Accept: accept,
        Authorization: authorization,
        ...headers,
        ...(call.body !== undefined && { 'Content-Type': 'application/json' }),
        ...(call.idempotencyKey !== undefined && { 'Idempotency-Key': call.idempotencyKey }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal,
    });
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  async function attempt<Result>(call: RequestInput, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    call.signal?.throwIfAborted();
    // Not AbortSignal.timeout: its timer outlives the response in some runtimes.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      return await work(AbortSignal.any([timeout.signal, ...(call.signal ? [call.signal] : [])]));
    } catch (error) {
      call.signal?.throwIfAborted();
      if (error instanceof RefusedError) throw error;
      const cause = timeout.signal.aborted ? `no response within ${timeoutMs} ms` : 'no response';
      throw new ConnectionError(`${call.method} ${call.path}: ${cause}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async json<Answer>(call: RequestInput) {
      const once = call.method === 'POST' && call.idempotencyKey === undefined && !call.repeatable;
      for (let tried = 1; ; tried += 1) {
        // Outside the try: a failure to get a token is not a connection error.
        const authorization = await bearer();
        try {
          return await attempt(
            call,
            async (signal) => (await (await request(call, authorization, 'application/json', signal)).json()) as Answer,
          );
        } catch (error) {
          const waitMs = tried > maxRetries ? undefined : pauseAfter(error, tried, once);
          if (waitMs === undefined) throw error;
          await pause(waitMs, call.signal);
        }
      }
    },
    async open(path, signal) {
      const call: RequestInput = { method: 'GET', path, signal };
      // The timeout covers only the response headers: a stream has no time limit.
      const opening = new AbortController();
      const forward = (): void => opening.abort(signal.reason);
      signal.addEventListener('abort', forward, { once: true });
      const authorization = await bearer();
      const { body } = await attempt(call, (limit) => {
        limit.addEventListener('abort', () => opening.abort(limit.reason), { once: true });
        return request(call, authorization, 'text/event-stream', opening.signal);
      });
      if (body === null) throw new ConnectionError(`GET ${path}: an empty stream`);
      return body;
    },
  };
}

/** @returns undefined when a retry would not help, or could take effect twice */
function pauseAfter(error: unknown, tried: number, once: boolean): number | undefined {
  const backoff = backoffMs(tried, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  if (error instanceof ConnectionError) return once ? undefined : backoff;
  if (!(error instanceof RefusedError)) return undefined;
  const { status, code, retryAfterMs = 0 } = error;
  // 429: the request certainly had no effect. After other statuses it may have had one.
  const passes = code === 'rate_limited' || (PASSING_STATUSES.has(status) && !once);
  return passes && retryAfterMs <= LONGEST_RETRY_AFTER_MS ? retryAfterMs + backoff : undefined;
}
