import type { FailureCode } from '../generation/failure.ts';

/** Kinds of provider failures. Adapters map the responses of their service to one of these. */
export const PROVIDER_FAILURES = [
  'rate_limited',
  'moderated',
  'invalid_input',
  'auth',
  'insufficient_funds',
  'transient',
  'timeout',
  'cancelled',
  'corrupt_output',
  'out_of_service',
  'circuit_open',
  'model_circuit_open',
  'over_budget',
] as const;
export type ProviderFailureKind = (typeof PROVIDER_FAILURES)[number];

export interface ProviderFailureRule {
  /** The same request may be sent to the same provider again. */
  readonly retry: boolean;
  /** The next candidate may be used. Not after a refused prompt: finding a less strict provider is not a fallback. */
  readonly fallback: boolean;
  /** It concerns the provider, not one model: its other models are skipped. */
  readonly wholeProvider: boolean;
  /**
   * Effect on the circuit: a failure of the whole `provider` or of this `model`; `works`, although this request failed; or none
   * (`unaffected`): rate limits have their own pause, and requests that were not sent give no information.
   */
  readonly circuit: 'provider' | 'model' | 'works' | 'unaffected';
  /** The provider failed to deliver: counts against it in the ranking. */
  readonly blamed: boolean;
  /** What the generation fails with when no provider is left. */
  readonly failure: FailureCode;
}

const UNAVAILABLE = { failure: 'providers_unavailable', fallback: true } as const;
/** Failures before anything was sent. */
const NOT_SENT = { ...UNAVAILABLE, retry: false, circuit: 'unaffected', blamed: false } as const;

export const PROVIDER_FAILURE_RULES: Readonly<Record<ProviderFailureKind, ProviderFailureRule>> = {
  rate_limited: { ...UNAVAILABLE, retry: true, wholeProvider: true, circuit: 'unaffected', blamed: true },
  transient: { ...UNAVAILABLE, retry: true, wholeProvider: true, circuit: 'provider', blamed: true },
  timeout: { ...UNAVAILABLE, retry: false, wholeProvider: false, circuit: 'model', blamed: true },
  auth: { ...UNAVAILABLE, retry: false, wholeProvider: true, circuit: 'provider', blamed: true },
  insufficient_funds: { ...UNAVAILABLE, retry: false, wholeProvider: true, circuit: 'provider', blamed: true },
  invalid_input: {
    retry: false,
    fallback: true,
    wholeProvider: false,
    circuit: 'works',
    blamed: false,
    failure: 'invalid_request',
  },
  corrupt_output: {
    retry: false,
    fallback: true,
    wholeProvider: false,
    circuit: 'model',
    blamed: true,
    failure: 'corrupt_image',
  },
  cancelled: { ...UNAVAILABLE, retry: false, wholeProvider: false, circuit: 'unaffected', blamed: false },
  // Disabled by an admin.
  out_of_service: { ...NOT_SENT, wholeProvider: true },
  // Its circuit is open.
  circuit_open: { ...NOT_SENT, wholeProvider: true },
  model_circuit_open: { ...NOT_SENT, wholeProvider: false },
  // The remaining budget does not cover this model; a cheaper one may still fit.
  over_budget: { ...NOT_SENT, wholeProvider: false },
  moderated: {
    retry: false,
    fallback: false,
    wholeProvider: false,
    circuit: 'works',
    blamed: false,
    failure: 'prompt_rejected',
  },
};

/** The short text of each kind, after the name of a provider or model: for creators and admins alike. */
export const PROVIDER_FAILURE_LABELS: Readonly<Record<ProviderFailureKind, string>> = {
  rate_limited: 'rate limit reached',
  moderated: 'prompt refused',
  invalid_input: 'request not accepted',
  auth: 'API key rejected',
  insufficient_funds: 'provider account without funds',
  transient: 'temporarily unavailable',
  timeout: 'timed out',
  cancelled: 'cancelled',
  corrupt_output: 'damaged or blank image',
  out_of_service: 'disabled',
  circuit_open: 'circuit open',
  model_circuit_open: 'circuit open for the model',
  over_budget: 'budget spent',
};

/** Failures that count in the ranking of providers. */
export const BLAMED_FAILURES = PROVIDER_FAILURES.filter((kind) => PROVIDER_FAILURE_RULES[kind].blamed);
