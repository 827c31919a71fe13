import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { ProviderFailure } from '../port.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Outcome } from './send-once.ts';

/** `submit` is the call that costs money: without a clear reply, the service may have accepted it. */
export type CallPurpose = 'submit' | 'read';

export interface FailureClassifier {
  /** The service's name in messages for operators. */
  readonly service: string;
  /**
   * The part of a reply's body that may be logged; '' for none. Never text that may quote the prompt, since messages are stored in
   * histories and logs.
   */
  readonly describe: (body: string) => string;
  /** For a service that uses a status differently than most. */
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

/** Turns an unsuccessful call into a ProviderFailure. */
export function httpFailure(
  classifier: FailureClassifier,
  outcome: Outcome,
  purpose: CallPurpose,
  aborted: boolean,
): ProviderFailure {
  const { service, describe, kindOf } = classifier;
  const acceptedIfUnclear = purpose === 'submit' ? 'maybe' : 'no';
  if (outcome.kind === 'unknown') {
    const kind = aborted ? 'cancelled' : 'transient';
    const message = aborted ? 'The call was aborted' : `No reply from ${service} (${causeName(outcome.cause)})`;
    return new ProviderFailure(kind, message, { accepted: acceptedIfUnclear, cause: outcome.cause });
  }
  const { status, headers, body } = outcome;
  const kind = kindOf?.(status, body) ?? usualKind(status, purpose);
  const description = describe(body);
  return new ProviderFailure(kind, `${service} answered ${status}${description === '' ? '' : `: ${description}`}`, {
    // A job may have been started behind a gateway's 5xx, or behind a 2xx that we can't read.
    accepted: status >= 500 || status < 400 ? acceptedIfUnclear : 'no',
    retryAfterMs: retryAfterMs(headers, body, new Date()),
  });
}

/** A 404 to a poll may come from a replica that lags behind; a 404 to `submit` means that the model does not exist. */
function usualKind(status: number, purpose: CallPurpose): ProviderFailureKind {
  if (status >= 500) return 'transient';
  return KIND_OF_STATUS[status] ?? (status >= 400 && purpose === 'submit' ? 'invalid_input' : 'transient');
}

/** Undefined for invalid JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** fetch wraps the reason: `TypeError: fetch failed`, caused by `ECONNRESET`. */
function causeName(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const inner: unknown = cause.cause;
  if (inner instanceof Error) return 'code' in inner ? String(inner.code) : inner.name;
  return cause.name;
}
