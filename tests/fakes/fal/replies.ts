import type { CallFault } from '../faults/fault.ts';
import type { Reply } from '../faults/wire.ts';
import type { Ended, StoredRequest } from './request-store.ts';

export const UNAUTHENTICATED: Reply = {
  status: 401,
  body: { detail: 'Cannot access application. Authentication is required.' },
};
export const NOT_FOUND: Reply = { status: 404, body: { detail: 'Not Found' } };
const ERRORS_PAGE = 'https://docs.fal.ai/errors';

/** The error reply for a fault. */
export function faultReply(fault: CallFault): Reply {
  switch (fault.fault) {
    case 'rate_limited':
      return {
        status: 429,
        body: { detail: 'Too many requests. Reached the concurrent requests limit.' },
        headers: { 'retry-after': String(fault.retryAfterS) },
      };
    case 'auth':
      return UNAUTHENTICATED;
    case 'no_funds':
      return {
        status: 403,
        body: { detail: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.' },
      };
    case 'invalid_input':
      return modelError(422, 'value_error', ['body', 'prompt']);
    default:
      return { status: 500, body: Buffer.from('<html>Internal Server Error</html>'), contentType: 'text/html' };
  }
}

/** A model's error, as the result of a request. */
export function modelError(status: number, type: string, loc: readonly PropertyKey[], quoted?: unknown): Reply {
  return {
    status,
    body: {
      detail: [{ loc, msg: `Not possible: ${String(quoted)}`, type, url: `${ERRORS_PAGE}#${type}`, input: quoted }],
    },
    headers: { 'x-fal-retryable': String(status >= 500) },
  };
}

/** The reply to the result of a request without an image. */
export function endedReply(request: StoredRequest, ended: Exclude<Ended, 'succeeded'>): Reply {
  if (ended === 'canceled') return platformError(499, 'client_cancelled', 'The request was cancelled.');
  if (ended === 'timed_out') return platformError(504, 'request_timeout', 'Request timed out');
  if (request.input.success) return modelError(500, 'internal_server_error', ['body'], request.fault?.error);
  const [issue] = request.input.error.issues;
  return modelError(422, issue?.code ?? 'value_error', ['body', ...(issue?.path ?? [])], request.sent['prompt']);
}

function platformError(status: number, type: string, detail: string): Reply {
  return { status, body: { detail, error_type: type }, headers: { 'x-fal-error-type': type } };
}
