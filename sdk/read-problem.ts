import type { Problem } from './contract-types.ts';
import {
  ConflictError,
  ForbiddenError,
  InsufficientCreditsError,
  InvalidRequestError,
  LimitError,
  NotFoundError,
  RefusedError,
  RejectedContentError,
  UnauthorizedError,
  UnavailableError,
  type ProblemCode,
} from './errors.ts';

type RefusedErrorClass = new (problem: Problem, retryAfterMs?: number) => RefusedError;

const CLASSES: Readonly<Record<ProblemCode, RefusedErrorClass>> = {
  validation_failed: InvalidRequestError,
  unauthorized: UnauthorizedError,
  insufficient_credits: InsufficientCreditsError,
  forbidden: ForbiddenError,
  account_blocked: ForbiddenError,
  not_found: NotFoundError,
  method_not_allowed: InvalidRequestError,
  conflict: ConflictError,
  account_erased: ConflictError,
  payload_too_large: InvalidRequestError,
  unsupported_media: InvalidRequestError,
  idempotency_mismatch: InvalidRequestError,
  prompt_not_allowed: RejectedContentError,
  image_rejected: RejectedContentError,
  rate_limited: LimitError,
  daily_limit: LimitError,
  hourly_limit: LimitError,
  too_many_pending: LimitError,
  internal: UnavailableError,
  unavailable: UnavailableError,
};

/** The most likely codes of responses that are not from the API, such as a proxy's page. */
const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media',
  429: 'rate_limited',
};

/** Maps an error response to its error class. Unknown codes of a newer API are mapped by status. */
export async function readProblem(response: Response): Promise<RefusedError> {
  const problem = await problemOf(response);
  const code = problem.code in CLASSES ? problem.code : codeOf(response.status);
  return new CLASSES[code](problem, retryAfterMs(response.headers));
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text) as Partial<Problem> | null;
    if (typeof body?.code === 'string' && typeof body.title === 'string') {
      return { type: 'about:blank', requestId: '', ...body, status: response.status } as Problem;
    }
  } catch {
    // Not JSON: the response is from a proxy.
  }
  const title = response.statusText || `HTTP ${response.status}`;
  const requestId = response.headers.get('x-request-id') ?? '';
  return { type: 'about:blank', title, status: response.status, code: codeOf(response.status), requestId };
}

function codeOf(status: number): ProblemCode {
  return CODE_BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'validation_failed');
}

/** Parses Retry-After: seconds or a date. */
function retryAfterMs(headers: Headers): number | undefined {
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
