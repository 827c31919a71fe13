import { ApplicationFailure, Context, type Info } from '@temporalio/activity';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderFailure } from '../providers/port.ts';

/** Tries at one provider before the next candidate. Only the provider's own failures count. */
export const MAX_TRIES = 3;
/** After a longer Retry-After the next provider is quicker, so the failure is final for this one. */
const LONGEST_RETRY_AFTER_MS = 60_000;

type RunInfo = Pick<Info, 'attempt' | 'scheduledTimestampMs' | 'scheduleToCloseTimeoutMs'>;

/**
 * Turns a provider's failure into the one that Temporal's retry policy and the workflow's fallback act on. Non-retryable means
 * that the workflow falls back to the next candidate. The message is ours: failures are stored in the workflow's history, and
 * a provider's message may quote the prompt.
 *
 * @param tries how often this provider has failed in this activity, this failure included
 */
export function activityFailure(
  failure: ProviderFailure,
  tries: number,
  run: RunInfo = Context.current().info,
): ApplicationFailure {
  const rule = PROVIDER_FAILURE_RULES[failure.kind];
  const { retryAfterMs } = failure;
  const canWait = (retryAfterMs ?? 0) <= Math.min(LONGEST_RETRY_AFTER_MS, remainingMs(run));
  return ApplicationFailure.create({
    type: failure.kind,
    message: MESSAGES[failure.kind],
    nonRetryable: !rule.retry || !canWait || tries >= MAX_TRIES,
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    category: 'BENIGN', // expected in operation: logged at debug level, not counted as an error
  });
}

/**
 * The time left for the whole step. A retry scheduled after it would never run, so the next candidate gets the time instead. When
 * none is left, there is no next candidate, and any delay is acceptable.
 */
function remainingMs({ scheduledTimestampMs, scheduleToCloseTimeoutMs = Infinity }: RunInfo): number {
  const leftMs = scheduledTimestampMs + scheduleToCloseTimeoutMs - Date.now();
  return leftMs > 0 ? leftMs : Infinity;
}

/** Another run continues the attempt, so this one changes nothing. */
export function takenOver(): ApplicationFailure {
  return ApplicationFailure.retryable('This worker is stopping or was too slow; another one continues', 'transient');
}

const MESSAGES: Readonly<Record<ProviderFailureKind, string>> = {
  rate_limited: 'The provider limits our request rate',
  moderated: 'The provider rejected the prompt or the image',
  invalid_input: 'The provider rejected the request as invalid',
  auth: 'The provider rejected our API key',
  insufficient_funds: 'Our account at the provider has no funds',
  transient: 'The provider failed or could not be reached',
  timeout: 'The provider took too long',
  cancelled: 'The provider cancelled the job',
  corrupt_output: 'The provider returned an unusable image',
  out_of_service: 'The provider is switched off',
  circuit_open: 'The provider failed too often; its circuit breaker is open',
  model_circuit_open: 'The model failed or was too slow too often; its circuit breaker is open',
  over_budget: 'The remaining provider budget for today does not cover this model',
};
