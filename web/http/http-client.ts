import type { Problem } from '#contract/problem.ts';
import type { RequestInput, FormRequestInput, FilePath, FormPath, JsonPath, ReplyOf } from './api-types.ts';
import { RequestFailed } from './request-failed.ts';
import { requestUrl, type ParameterValues } from './request-url.ts';
import { type SendForm, sendForm } from './send-form.ts';

/** Longer than the API's own longest wait (3 s for an admission outcome), shorter than a person's. */
const REQUEST_TIMEOUT_MS = 15_000;
/** A zip of two hundred images, or ten megabytes going up, over a slow line. */
const FILE_TIMEOUT_MS = 10 * 60_000;
const SECOND_MS = 1_000;
const NO_CONTENT = 204;

/**
 * Asks the API. Paths, parameters, bodies and answers are what its OpenAPI document says.
 *
 * Every call: @throws RequestFailed on every answer that is not 2xx and when none came.
 */
export interface HttpClient {
  get<Path extends JsonPath<'get'>>(path: Path, ...ask: RequestInput<Path, 'get'>): Promise<ReplyOf<Path, 'get'>>;
  post<Path extends JsonPath<'post'>>(path: Path, ...ask: RequestInput<Path, 'post'>): Promise<ReplyOf<Path, 'post'>>;
  patch<Path extends JsonPath<'patch'>>(
    path: Path,
    ...ask: RequestInput<Path, 'patch'>
  ): Promise<ReplyOf<Path, 'patch'>>;
  delete<Path extends JsonPath<'delete'>>(
    path: Path,
    ...ask: RequestInput<Path, 'delete'>
  ): Promise<ReplyOf<Path, 'delete'>>;
  /** A form with a file, telling how far it is. */
  upload<Path extends FormPath>(path: Path, ask: FormRequestInput<Path>): Promise<ReplyOf<Path, 'post'>>;
  /** The answer's bytes, for a file to save. */
  getFile<Path extends FilePath<'get'>>(path: Path, ...ask: RequestInput<Path, 'get'>): Promise<Blob>;
  postForFile<Path extends FilePath<'post'>>(path: Path, ...ask: RequestInput<Path, 'post'>): Promise<Blob>;
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

/** What any call may say; which call may say what is for the types to tell. */
interface AnyRequestInput {
  readonly path?: ParameterValues | undefined;
  readonly query?: ParameterValues | undefined;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>> | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

export function createHttpClient(deps: HttpClientDeps): HttpClient {
  async function send(method: string, path: string, ask: AnyRequestInput, timeoutMs: number): Promise<Response> {
    const token = deps.token();
    const headers = new Headers();
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (ask.idempotencyKey) headers.set('idempotency-key', ask.idempotencyKey);
    if (ask.body !== undefined) headers.set('content-type', 'application/json');
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
    const url = deps.baseUrl + requestUrl(path, ask.path, ask.query);
    const { onProgress = () => {} } = ask;
    const answer = ask.form
      ? (deps.sendForm ?? sendForm)({ url, form: formOf(ask.form), headers, signal, onProgress })
      : deps.fetch(url, { method, headers, signal, ...(ask.body !== undefined && { body: JSON.stringify(ask.body) }) });
    const response = await answer.catch((cause: unknown) => {
      if (ask.signal?.aborted) throw cause;
      throw unreachable();
    });
    if (response.status === 401 && token) deps.onUnauthorized();
    if (!response.ok) throw await failureFrom(response);
    return response;
  }
  const json =
    (method: string, timeoutMs = REQUEST_TIMEOUT_MS) =>
    async (path: string, ask: AnyRequestInput = {}): Promise<never> => {
      const response = await send(method, path, ask, timeoutMs);
      return (response.status === NO_CONTENT ? undefined : await response.json()) as never;
    };
  const file =
    (method: string) =>
    async (path: string, ask: AnyRequestInput = {}): Promise<Blob> =>
      (await send(method, path, ask, FILE_TIMEOUT_MS)).blob();
  // That an answer is what the document says is proven where it is made: the API validates what it sends in every test.
  return {
    get: json('GET'),
    post: json('POST'),
    patch: json('PATCH'),
    delete: json('DELETE'),
    upload: json('POST', FILE_TIMEOUT_MS),
    getFile: file('GET'),
    postForFile: file('POST'),
  } as HttpClient;
}

/** Files as they are, without the names they had on somebody's disk; what is no text as JSON. */
function formOf(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.set(name, value, 'picture');
    else if (value !== undefined) form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
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
