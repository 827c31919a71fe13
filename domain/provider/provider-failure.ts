import type { FailureCode } from '../generation/failure.ts';

/** How a provider says no. Adapters translate whatever their service answers into one of these. */
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
  /** The same provider may be asked again for the same image. */
  readonly retry: boolean;
  /** Another provider may be asked. A refused prompt is refused: shopping for a laxer checker is not a fallback. */
  readonly fallback: boolean;
  /** It says something about the provider, not about one model: its other models need not be asked. */
  readonly wholeProvider: boolean;
  /**
   * What the circuit learns: something is wrong with the whole `provider` or with this `model`; it `works`, whatever it said to this
   * request; or nothing (`unsaid`): a rate limit has a hold-off of its own, and what we did not send says nothing at all.
   */
  readonly circuit: 'provider' | 'model' | 'works' | 'unsaid';
  /** The provider owed an image and did not deliver: counts against it where providers are compared. */
  readonly blamed: boolean;
  /** What the generation fails with when no provider is left. */
  readonly failure: FailureCode;
}

const AWAY = { failure: 'providers_unavailable', fallback: true } as const;
/** Decided here: nothing was sent. */
const NOT_SENT = { ...AWAY, retry: false, circuit: 'unsaid', blamed: false } as const;

export const PROVIDER_FAILURE_RULES: Readonly<Record<ProviderFailureKind, ProviderFailureRule>> = {
  rate_limited: { ...AWAY, retry: true, wholeProvider: true, circuit: 'unsaid', blamed: true },
  transient: { ...AWAY, retry: true, wholeProvider: true, circuit: 'provider', blamed: true },
  timeout: { ...AWAY, retry: false, wholeProvider: false, circuit: 'model', blamed: true },
  auth: { ...AWAY, retry: false, wholeProvider: true, circuit: 'provider', blamed: true },
  insufficient_funds: { ...AWAY, retry: false, wholeProvider: true, circuit: 'provider', blamed: true },
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
    circuit: 'unsaid',
    blamed: true,
    failure: 'corrupt_image',
  },
  cancelled: { ...AWAY, retry: false, wholeProvider: false, circuit: 'unsaid', blamed: false },
  // Switched off by an admin, here and not there.
  out_of_service: { ...NOT_SENT, wholeProvider: true },
  // It failed too often lately: nobody orders for a while.
  circuit_open: { ...NOT_SENT, wholeProvider: true },
  model_circuit_open: { ...NOT_SENT, wholeProvider: false },
  // The day's dollars would not do for this model; a cheaper one may still fit.
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

/** Failures that count where providers are compared by how they have been doing. */
export const BLAMED_FAILURES = PROVIDER_FAILURES.filter((kind) => PROVIDER_FAILURE_RULES[kind].blamed);
