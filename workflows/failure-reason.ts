import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import { FAILURES, isFailureCode, type FailureCode } from '../domain/failure.ts';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '../domain/provider-failure.ts';

/** Why a step failed, in the domain's words. */
export interface FailureReason {
  readonly code: FailureCode;
  /** What the attempt list shows: the provider's kind of failure, or the code. */
  readonly detail: string;
  /** Another painter may be asked. */
  readonly fallback: boolean;
  /** The provider's other models need not be asked. */
  readonly wholeProvider: boolean;
}

export function reasonOf(error: unknown): FailureReason {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) return timedOut(cause);
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  if (type && Object.hasOwn(PROVIDER_FAILURE_RULES, type)) {
    const rule = PROVIDER_FAILURE_RULES[type as ProviderFailureKind];
    const { failure: code, fallback, wholeProvider } = rule;
    return { code, detail: type, fallback, wholeProvider };
  }
  if (type && isFailureCode(type))
    return { code: type, detail: type, fallback: type === 'corrupt_image', wholeProvider: false };
  return { code: 'internal', detail: 'internal', fallback: true, wholeProvider: false };
}

/** One painter hung or its worker died too often: ask the next. The whole time is used up: the deadline. */
function timedOut(failure: TimeoutFailure): FailureReason {
  const whole = failure.timeoutType === 'SCHEDULE_TO_CLOSE' || failure.timeoutType === 'SCHEDULE_TO_START';
  return whole
    ? { code: 'deadline', detail: 'deadline', fallback: false, wholeProvider: false }
    : { code: 'providers_unavailable', detail: 'timeout', fallback: true, wholeProvider: false };
}

/** What the workflow closes with: a cancellation as it is, a failure with its code as type and words without personal data. */
export function closingError(error: unknown): unknown {
  if (isCancellation(error)) return error;
  const { code } = reasonOf(error);
  return ApplicationFailure.create({ message: FAILURES[code].message, type: code, nonRetryable: true });
}

/** Somebody else settled the generation first. */
export function interrupted(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.interrupted.message, 'interrupted');
}

export function outOfTime(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.deadline.message, 'deadline');
}

export function noPainter(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.providers_unavailable.message, 'providers_unavailable');
}
