import { z } from 'zod';
import type { ProviderFailureKind } from '../../../domain/provider-failure.ts';
import { ProviderFailure } from '../port.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Outcome } from './single-shot-fetch.ts';

/** `buying` is the call that costs money: there, no clear answer means the service may have accepted. */
export type CallPurpose = 'buying' | 'asking';

const KIND_OF_STATUS: Readonly<Record<number, ProviderFailureKind>> = {
  400: 'invalid_input',
  401: 'auth',
  402: 'insufficient_funds',
  403: 'auth',
  408: 'transient',
  422: 'invalid_input',
  425: 'transient',
  429: 'rate_limited',
};

/** Only the service's own title and field names: `detail` may quote the prompt, and messages travel into histories and logs. */
const problem = z.object({
  title: z.string().max(120).optional(),
  invalid_fields: z.array(z.object({ field: z.string().max(60) })).optional(),
});

/** Translates what became of a call that did not succeed. */
export function httpFailure(outcome: Outcome, purpose: CallPurpose, aborted: boolean): ProviderFailure {
  const whenUnclear = purpose === 'buying' ? 'maybe' : 'no';
  if (outcome.kind === 'unknown') {
    const kind = aborted ? 'cancelled' : 'transient';
    const message = aborted ? 'The call was abandoned' : `No reply from Replicate (${causeName(outcome.cause)})`;
    return new ProviderFailure(kind, message, { accepted: whenUnclear, cause: outcome.cause });
  }
  const { status, headers, body } = outcome;
  const kind = status >= 500 ? 'transient' : (KIND_OF_STATUS[status] ?? clientErrorKind(status, purpose));
  return new ProviderFailure(kind, `Replicate answered ${status}${describe(body)}`, {
    // A gateway's 5xx may hide a prediction that was made; so may a 2xx we can't read.
    accepted: status >= 500 || status < 400 ? whenUnclear : 'no',
    retryAfterMs: retryAfterMs(headers, body, new Date()),
  });
}

/** 404 to a question may be a replica that has not heard of the prediction yet; to an order it means there is no such model. */
function clientErrorKind(status: number, purpose: CallPurpose): ProviderFailureKind {
  return status >= 400 && purpose === 'buying' ? 'invalid_input' : 'transient';
}

function describe(body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return '';
  const { title, invalid_fields: fields = [] } = parsed.data;
  const words = [title, ...fields.map(({ field }) => field)].filter((word) => word !== undefined);
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason one level down: `TypeError: fetch failed` caused by `ECONNRESET`. */
function causeName(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const inner: unknown = cause.cause;
  if (inner instanceof Error) return 'code' in inner ? String(inner.code) : inner.name;
  return cause.name;
}
