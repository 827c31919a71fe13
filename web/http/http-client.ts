import type { Problem } from '../../contract/problem.ts';
import { RequestFailed } from './request-failed.ts';
import { type SendForm, sendForm } from './send-form.ts';

/** Longer than the API's own longest wait (3 s for an admission verdict), shorter than a person's. */
const REQUEST_TIMEOUT_MS = 15_000;
/** A zip of two hundred pictures, or ten megabytes going up, over a slow line. */
const FILE_TIMEOUT_MS = 10 * 60_000;
const SECOND_MS = 1_000;
const NO_CONTENT = 204;

/** Every call: @throws RequestFailed on every answer that is not 2xx and when none came. */
export interface HttpClient {
  get<Body>(path: string, signal?: AbortSignal): Promise<Body>;
  /** A FormData is sent as multipart, anything else as JSON. An answer without a body gives undefined. */
  post<Body>(path: string, body: unknown, idempotencyKey?: string): Promise<Body>;
  /** A form with files, telling how far it is. */
  upload<Body>(path: string, form: FormData, options: UploadOptions): Promise<Body>;
  patch<Body>(path: string, body: unknown): Promise<Body>;
  put<Body>(path: string, body: unknown): Promise<Body>;
  delete<Body = undefined>(path: string): Promise<Body>;
  /** The answer's bytes, for a file to save. */
  file(path: string, body?: unknown): Promise<Blob>;
}

interface UploadOptions {
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** 0..1; at 1 all is sent, and the answer is awaited. */
  readonly onProgress: (share: number) => void;
}

export interface HttpClientDeps {
  readonly fetch: typeof globalThis.fetch;
  /** The browser's own where it is left out. */
  readonly sendForm?: SendForm;
  readonly baseUrl: string;
  readonly token: () => string | undefined;
  /** The API no longer takes our token. */
  readonly onUnauthorized: () => void;
}

interface SendOptions {
  readonly timeoutMs?: number;
  readonly onProgress?: (share: number) => void;
}

export function createHttpClient(deps: HttpClientDeps): HttpClient {
  async function send(path: string, init: RequestInit, options: SendOptions = {}): Promise<Response> {
    const token = deps.token();
    const headers = new Headers(init.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const timeout = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const url = `${deps.baseUrl}${path}`;
    const { onProgress } = options;
    const answer =
      onProgress && init.body instanceof FormData
        ? (deps.sendForm ?? sendForm)({ url, form: init.body, headers, signal, onProgress })
        : deps.fetch(url, { ...init, headers, signal });
    const response = await answer.catch((cause: unknown) => {
      if (init.signal?.aborted) throw cause;
      throw unreachable();
    });
    if (response.status === 401 && token) deps.onUnauthorized();
    if (!response.ok) throw await failureFrom(response);
    return response;
  }
  async function read<Body>(path: string, init: RequestInit): Promise<Body> {
    const response = await send(path, init);
    return (response.status === NO_CONTENT ? undefined : await response.json()) as Body;
  }
  return {
    get: (path, signal) => read(path, signal ? { signal } : {}),
    post: (path, body, idempotencyKey) =>
      read(path, withBody('POST', body, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {})),
    upload: async (path, form, { idempotencyKey, signal, onProgress }) => {
      const init = { ...withBody('POST', form, { 'idempotency-key': idempotencyKey }), signal };
      return (await send(path, init, { timeoutMs: FILE_TIMEOUT_MS, onProgress })).json();
    },
    patch: (path, body) => read(path, withBody('PATCH', body)),
    put: (path, body) => read(path, withBody('PUT', body)),
    delete: (path) => read(path, { method: 'DELETE' }),
    file: async (path, body) =>
      (await send(path, body === undefined ? {} : withBody('POST', body), { timeoutMs: FILE_TIMEOUT_MS })).blob(),
  };
}

function withBody(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  // The browser itself writes a form's content type, with the boundary in it.
  if (body instanceof FormData) return { method, body, headers };
  return { method, body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
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
