import { ApplicationFailure, Context, type Info } from '@temporalio/activity';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderFailure } from '../providers/port.ts';

/** Tries at one provider that it failed itself, before the next one is asked. */
const TRIES = 3;
/** A provider that wants a longer pause is treated as busy for good: the next provider is quicker. */
const LONGEST_RETRY_AFTER_MS = 60_000;

type RunInfo = Pick<Info, 'attempt' | 'scheduledTimestampMs' | 'scheduleToCloseTimeoutMs'>;

/**
 * The failure that Temporal's retry policy and the workflow's fallback act on. Its message is ours: a provider's own
 * words may quote the prompt, and failures are written into the history. Non-retryable: this provider is given up.
 */
export function activityFailure(
  failure: ProviderFailure,
  tries: number,
  run: RunInfo = Context.current().info,
): ApplicationFailure {
  const rule = PROVIDER_FAILURE_RULES[failure.kind];
  const { retryAfterMs } = failure;
  const patient = (retryAfterMs ?? 0) <= Math.min(LONGEST_RETRY_AFTER_MS, remainingMs(run));
  return ApplicationFailure.create({
    type: failure.kind,
    message: MESSAGES[failure.kind],
    nonRetryable: !rule.retry || !patient || tries >= TRIES,
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    category: 'BENIGN', // a provider's bad minute is routine here and must not wake anybody
  });
}

/**
 * Of the whole step: a run that would begin later never begins, and the time left is the next provider's. With none left
 * there is nobody to make room for.
 */
function remainingMs({ scheduledTimestampMs, scheduleToCloseTimeoutMs = Infinity }: RunInfo): number {
  const leftMs = scheduledTimestampMs + scheduleToCloseTimeoutMs - Date.now();
  return leftMs > 0 ? leftMs : Infinity;
}

/** Another run goes on with the attempt, so this one touches nothing. */
export function takenOver(): ApplicationFailure {
  return ApplicationFailure.retryable('This worker stops or was too slow; another one goes on', 'transient');
}

const MESSAGES: Readonly<Record<ProviderFailureKind, string>> = {
  rate_limited: 'The provider asked us to slow down',
  moderated: 'The provider refused the prompt or the image',
  invalid_input: 'The provider could not work with the request',
  auth: 'The provider refused our key',
  insufficient_funds: 'Our account at the provider is empty',
  transient: 'The provider failed or could not be reached',
  timeout: 'The provider took too long',
  cancelled: 'The provider stopped the work',
  corrupt_output: 'The provider delivered a damaged image',
  out_of_service: 'The provider is switched off here',
  circuit_open: 'The provider failed too often lately and is left alone for a while',
  model_circuit_open: 'The model was too slow too often lately and is left alone for a while',
  over_budget: "The day's budget for providers would not do for this model",
};
