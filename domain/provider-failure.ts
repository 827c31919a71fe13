import type { FailureCode } from './failure.ts';

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
] as const;
export type ProviderFailureKind = (typeof PROVIDER_FAILURES)[number];

export interface ProviderFailureRule {
  /** The same provider may be asked again for the same picture. */
  readonly retry: boolean;
  /** Another provider may be asked. A refused prompt is refused: shopping for a laxer checker is not a fallback. */
  readonly fallback: boolean;
  /** It says something about the provider, not about one model: its other models need not be asked. */
  readonly wholeProvider: boolean;
  /** What the generation fails with when no provider is left. */
  readonly failure: FailureCode;
}

export const PROVIDER_FAILURE_RULES: Readonly<Record<ProviderFailureKind, ProviderFailureRule>> = {
  rate_limited: { retry: true, fallback: true, wholeProvider: true, failure: 'providers_unavailable' },
  transient: { retry: true, fallback: true, wholeProvider: true, failure: 'providers_unavailable' },
  timeout: { retry: false, fallback: true, wholeProvider: false, failure: 'providers_unavailable' },
  auth: { retry: false, fallback: true, wholeProvider: true, failure: 'providers_unavailable' },
  insufficient_funds: { retry: false, fallback: true, wholeProvider: true, failure: 'providers_unavailable' },
  invalid_input: { retry: false, fallback: true, wholeProvider: false, failure: 'invalid_request' },
  corrupt_output: { retry: false, fallback: true, wholeProvider: false, failure: 'corrupt_image' },
  cancelled: { retry: false, fallback: true, wholeProvider: false, failure: 'providers_unavailable' },
  // Switched off by an admin, here and not there.
  out_of_service: { retry: false, fallback: true, wholeProvider: true, failure: 'providers_unavailable' },
  moderated: { retry: false, fallback: false, wholeProvider: false, failure: 'prompt_rejected' },
};
