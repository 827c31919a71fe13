import type { CallFault } from '../faults/fault.ts';
import type { Reply } from '../faults/wire.ts';

export const UNAUTHENTICATED: Reply = problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');

/** The error reply for a fault. */
export function faultReply(fault: CallFault): Reply {
  switch (fault.fault) {
    case 'rate_limited':
      return throttled(fault);
    case 'auth':
      return UNAUTHENTICATED;
    case 'no_funds':
      return problem(402, 'Insufficient credit', 'You have insufficient credit to run this model.');
    case 'invalid_input':
      return problem(422, 'Input validation failed', '- input.prompt: Invalid\n', {
        invalid_fields: [{ type: 'invalid', field: 'input.prompt', description: 'Invalid' }],
      });
    default:
      return { status: 500, body: Buffer.from('<html>Internal Server Error</html>'), contentType: 'text/html' };
  }
}

function problem(status: number, title: string, detail: string, more: object = {}): Reply {
  return { status, body: { title, detail, status, ...more } };
}

function throttled({ retryAfterS, retryAfterIn }: CallFault): Reply {
  const detail = `Request was throttled. Your rate limit resets in ~${Math.ceil(retryAfterS)}s.`;
  return {
    status: 429,
    body: retryAfterIn === 'body' ? { detail, status: 429, retry_after: retryAfterS } : { detail },
    headers: retryAfterIn === 'header' ? { 'retry-after': String(retryAfterS) } : {},
  };
}
