import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { ProviderFailure } from '../port.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Outcome } from './send-once.ts';

/** `buying` is the call that costs money: there, no clear answer means the service may have accepted. */
export type CallPurpose = 'buying' | 'asking';

export interface FailureClassifier {
  /** The name operators read. */
  readonly service: string;
  /**
   * What may be told of an answer's body, '' for nothing: never what could quote the prompt, since messages travel into
   * histories and logs.
   */
  readonly describe: (body: string) => string;
  /** Where a service means something else by a status than most do. */
  readonly kindOf?: (status: number, body: string) => ProviderFailureKind | undefined;
}

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

/** Translates what became of a call that did not succeed. */
export function httpFailure(
  words: FailureClassifier,
  outcome: Outcome,
  purpose: CallPurpose,
  aborted: boolean,
): ProviderFailure {
  const { service, describe, kindOf } = words;
  const whenUnclear = purpose === 'buying' ? 'maybe' : 'no';
  if (outcome.kind === 'unknown') {
    const kind = aborted ? 'cancelled' : 'transient';
    const message = aborted ? 'The call was abandoned' : `No reply from ${service} (${causeName(outcome.cause)})`;
    return new ProviderFailure(kind, message, { accepted: whenUnclear, cause: outcome.cause });
  }
  const { status, headers, body } = outcome;
  const kind = kindOf?.(status, body) ?? usualKind(status, purpose);
  const description = describe(body);
  return new ProviderFailure(kind, `${service} answered ${status}${description === '' ? '' : `: ${description}`}`, {
    // A gateway's 5xx may hide work that was begun; so may a 2xx we can't read.
    accepted: status >= 500 || status < 400 ? whenUnclear : 'no',
    retryAfterMs: retryAfterMs(headers, body, new Date()),
  });
}

/** 404 to a question may be a replica that has not heard of the work yet; to an order it means there is no such model. */
function usualKind(status: number, purpose: CallPurpose): ProviderFailureKind {
  if (status >= 500) return 'transient';
  return KIND_OF_STATUS[status] ?? (status >= 400 && purpose === 'buying' ? 'invalid_input' : 'transient');
}

/** Undefined for what is no JSON. */
export function parseJson(body: string): unknown {
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
