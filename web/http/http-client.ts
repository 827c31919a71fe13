import type { Problem } from '../../contract/problem.ts';
import { RequestFailed } from './request-failed.ts';

/** Longer than the API's own longest wait (3 s for an admission verdict), shorter than a person's. */
const REQUEST_TIMEOUT_MS = 15_000;
const SECOND_MS = 1_000;

export interface HttpClient {
  /** @throws RequestFailed on every answer that is not 2xx and when none came */
  get<Body>(path: string, signal?: AbortSignal): Promise<Body>;
  /** @throws RequestFailed on every answer that is not 2xx and when none came */
  post<Body>(path: string, body: unknown, idempotencyKey?: string): Promise<Body>;
}

export interface HttpClientDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly baseUrl: string;
  readonly token: () => string | undefined;
  /** The API no longer takes our token. */
  readonly onUnauthorized: () => void;
}

export function createHttpClient(deps: HttpClientDeps): HttpClient {
  async function send<Body>(path: string, init: RequestInit): Promise<Body> {
    const token = deps.token();
    const headers = new Headers(init.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await deps
      .fetch(`${deps.baseUrl}${path}`, { ...init, headers, signal })
      .catch((cause: unknown) => {
        if (init.signal?.aborted) throw cause;
        throw unreachable();
      });
    if (response.status === 401 && token) deps.onUnauthorized();
    if (!response.ok) throw await failureFrom(response);
    return (await response.json()) as Body;
  }
  return {
    get: (path, signal) => send(path, signal ? { signal } : {}),
    post: (path, body, idempotencyKey) => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
      return send(path, { method: 'POST', body: JSON.stringify(body), headers });
    },
  };
}

function unreachable(): RequestFailed {
  return new RequestFailed({
    code: 'unreachable',
    status: 0,
    message: 'The studio could not be reached. Check your connection and try again.',
  });
}

/** An answer that is not ours (a gateway's page) counts as "away" when it is a 5xx. */
async function failureFrom(response: Response): Promise<RequestFailed> {
  const problem = await readProblem(response);
  return new RequestFailed({
    code: problem?.code ?? (response.status >= 500 ? 'unavailable' : 'internal'),
    status: response.status,
    message: problem?.detail ?? problem?.title ?? 'The studio is away for a moment. Try again.',
    problem,
    retryAfterMs: retryAfterMs(response),
  });
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get('content-type')?.includes('json')) return undefined;
  const body = (await response.json().catch(() => undefined)) as Problem | undefined;
  return body && typeof body.code === 'string' ? body : undefined;
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * SECOND_MS : undefined;
}
