import type { Problem, ProblemCode } from '#contract/problem.ts';
import { refusalMessage } from '#domain/generation/refusal-message.ts';
import type { RequestInput, FormRequestInput, FilePath, FormPath, JsonPath, ReplyOf } from './api-types.ts';
import { RequestFailed } from './request-failed.ts';
import { requestUrl, type ParameterValues } from './request-url.ts';
import { type SendForm, sendForm } from './send-form.ts';
import { newTraceparent } from './traceparent.ts';

/** Longer than the API's own longest wait (3 s for an admission outcome). */
const REQUEST_TIMEOUT_MS = 15_000;
/** A zip of two hundred images, or a ten-megabyte upload, over a slow connection. */
const FILE_TIMEOUT_MS = 10 * 60_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const NO_CONTENT = 204;

/**
 * The API client. Paths, parameters, bodies and responses are typed by the OpenAPI document.
 *
 * Every call: @throws RequestFailed when the response is not 2xx or does not arrive.
 */
export interface HttpClient {
  get<Path extends JsonPath<'get'>>(path: Path, ...input: RequestInput<Path, 'get'>): Promise<ReplyOf<Path, 'get'>>;
  post<Path extends JsonPath<'post'>>(path: Path, ...input: RequestInput<Path, 'post'>): Promise<ReplyOf<Path, 'post'>>;
  patch<Path extends JsonPath<'patch'>>(
    path: Path,
    ...input: RequestInput<Path, 'patch'>
  ): Promise<ReplyOf<Path, 'patch'>>;
  delete<Path extends JsonPath<'delete'>>(
    path: Path,
    ...input: RequestInput<Path, 'delete'>
  ): Promise<ReplyOf<Path, 'delete'>>;
  /** Posts a multipart form with a file and reports the progress. */
  upload<Path extends FormPath>(path: Path, input: FormRequestInput<Path>): Promise<ReplyOf<Path, 'post'>>;
  /** The response's bytes, to save as a file. */
  getFile<Path extends FilePath<'get'>>(path: Path, ...input: RequestInput<Path, 'get'>): Promise<Blob>;
  postForFile<Path extends FilePath<'post'>>(path: Path, ...input: RequestInput<Path, 'post'>): Promise<Blob>;
}

export interface HttpClientDeps {
  readonly fetch: typeof globalThis.fetch;
  /** The browser's XMLHttpRequest by default. */
  readonly sendForm?: SendForm;
  readonly baseUrl: string;
  readonly token: () => string | undefined;
  /** Sent with every request. */
  readonly deviceHeaders?: () => Readonly<Record<string, string>>;
  /** The API refused the token. */
  readonly onUnauthorized: () => void;
}

/** Input of any call; the typed methods restrict it per path. */
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
  async function send(method: string, path: string, input: AnyRequestInput, timeoutMs: number): Promise<Response> {
    const token = deps.token();
    const headers = new Headers(deps.deviceHeaders?.());
    headers.set('traceparent', newTraceparent());
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (input.idempotencyKey) headers.set('idempotency-key', input.idempotencyKey);
    if (input.body !== undefined) headers.set('content-type', 'application/json');
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
    const url = deps.baseUrl + requestUrl(path, input.path, input.query);
    const { onProgress = () => {} } = input;
    const pending = input.form
      ? (deps.sendForm ?? sendForm)({ url, form: formOf(input.form), headers, signal, onProgress })
      : deps.fetch(url, {
          method,
          headers,
          signal,
          ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
        });
    const response = await pending.catch((cause: unknown) => {
      if (input.signal?.aborted) throw cause;
      throw unreachable();
    });
    if (response.status === 401 && token) deps.onUnauthorized();
    if (!response.ok) throw await failureFrom(response, input.body ?? input.form);
    return response;
  }
  const json =
    (method: string, timeoutMs = REQUEST_TIMEOUT_MS) =>
    async (path: string, input: AnyRequestInput = {}): Promise<never> => {
      const response = await send(method, path, input, timeoutMs);
      return (response.status === NO_CONTENT ? undefined : await response.json()) as never;
    };
  const file =
    (method: string) =>
    async (path: string, input: AnyRequestInput = {}): Promise<Blob> =>
      (await send(method, path, input, FILE_TIMEOUT_MS)).blob();
  // Responses are not validated here: the API validates what it sends in every test.
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

/** Files without their original names, text as it is, everything else as JSON. */
function formOf(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.set(name, value, 'image');
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

/** A 5xx without a problem body, such as a gateway's error page, counts as unavailable. */
async function failureFrom(response: Response, requestBody: unknown): Promise<RequestFailed> {
  const problem = await readProblem(response);
  const retryMs = retryAfterMs(response);
  const limit = limitOf(problem?.code, retryMs);
  return new RequestFailed({
    code: problem?.code ?? (response.status >= 500 ? 'unavailable' : 'internal'),
    status: response.status,
    message: limit?.message ?? problem?.detail ?? problem?.title ?? 'The studio is temporarily unavailable. Try again.',
    problem,
    retryAfterMs: retryMs,
    limitEndsAt: limit?.endsAt,
    ...(problem?.code === 'prompt_not_allowed' && { requestBody }),
  });
}

/** A limit's end. It is on a full minute, and the answer took a moment to arrive. */
function limitOf(code: ProblemCode | undefined, retryMs: number | undefined) {
  if ((code !== 'daily_limit' && code !== 'hourly_limit') || retryMs === undefined) return undefined;
  const now = new Date();
  const endsAt = new Date(Math.round((now.getTime() + retryMs) / MINUTE_MS) * MINUTE_MS);
  return { endsAt, message: refusalMessage(code, endsAt, now) };
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
