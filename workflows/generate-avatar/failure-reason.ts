import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import { FAILURES, isFailureCode, type FailureCode } from '#domain/generation/failure.ts';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '#domain/provider/provider-failure.ts';

/** Timeouts of all tries together; a timeout of one try is retried. */
const DEADLINE_TIMEOUTS: ReadonlySet<unknown> = new Set(['SCHEDULE_TO_CLOSE', 'SCHEDULE_TO_START']);

/** Why a step failed, in terms of the domain. */
export interface FailureReason {
  readonly code: FailureCode;
  /** Shown in the list of attempts: the provider's failure kind, or the code. */
  readonly detail: string;
  /** Whether the next candidate may be tried. */
  readonly fallback: boolean;
  /** Whether the provider's other models are skipped too. */
  readonly wholeProvider: boolean;
}

/**
 * Classifies a step's error. Fallback is allowed only if the activity itself gave up, because then it has closed its attempt; after
 * a lost worker or a failure of ours, the paid call may still deliver. A corrupt image was delivered, so fallback is safe.
 */
export function reasonOf(error: unknown): FailureReason {
  if (isPastDeadline(error)) return { code: 'deadline', detail: 'deadline', fallback: false, wholeProvider: false };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const { type, nonRetryable } = cause instanceof ApplicationFailure ? cause : {};
  if (type && Object.hasOwn(PROVIDER_FAILURE_RULES, type)) {
    const { failure: code, fallback, wholeProvider } = PROVIDER_FAILURE_RULES[type as ProviderFailureKind];
    return { code, detail: type, fallback: fallback && nonRetryable === true, wholeProvider };
  }
  if (type && isFailureCode(type))
    return { code: type, detail: type, fallback: type === 'corrupt_image', wholeProvider: false };
  return { code: 'internal', detail: 'internal', fallback: false, wholeProvider: false };
}

/** Whether the step itself declared that no retry can help. */
export function isFinalFailure(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}

/** If the next try would start after the deadline, the server ends the activity with its last failure, whatever that was. */
function isPastDeadline(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  const { retryState, cause } = error;
  if (retryState === 'TIMEOUT') return true;
  return cause instanceof TimeoutFailure && DEADLINE_TIMEOUTS.has(cause.timeoutType);
}

/** The error to close the workflow with: a cancellation unchanged; a failure with its code as type and no personal data. */
export function closingError(error: unknown): unknown {
  if (isCancellation(error)) return error;
  const { code } = reasonOf(error);
  return ApplicationFailure.create({ message: FAILURES[code].message, type: code, nonRetryable: true });
}

/** Another process settled the generation first. */
export function interruptedFailure(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.interrupted.message, 'interrupted');
}

export function deadlineFailure(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.deadline.message, 'deadline');
}

export function noProviderFailure(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.providers_unavailable.message, 'providers_unavailable');
}
