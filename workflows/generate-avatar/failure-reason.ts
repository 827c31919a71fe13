import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import { FAILURES, isFailureCode, type FailureCode } from '#domain/generation/failure.ts';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '#domain/provider/provider-failure.ts';

/** Time-outs of all runs together; those of one run are retried. */
const WHOLE_TIME: ReadonlySet<unknown> = new Set(['SCHEDULE_TO_CLOSE', 'SCHEDULE_TO_START']);

/** Why a step failed, in the domain's words. */
export interface FailureReason {
  readonly code: FailureCode;
  /** What the attempt list shows: the provider's kind of failure, or the code. */
  readonly detail: string;
  /** Another provider may be asked. */
  readonly fallback: boolean;
  /** The provider's other models need not be asked. */
  readonly wholeProvider: boolean;
}

/**
 * The next provider is asked only where the activity itself gave up: then it has closed its attempt. Behind any other end
 * (a lost run, a fault of ours) there may be a purchase that still delivers. A damaged image has been delivered.
 */
export function reasonOf(error: unknown): FailureReason {
  if (isOutOfTime(error)) return { code: 'deadline', detail: 'deadline', fallback: false, wholeProvider: false };
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

/** When the next run would begin too late, the server ends the activity with its last failure, whatever that was. */
function isOutOfTime(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  const { retryState, cause } = error;
  if (retryState === 'TIMEOUT') return true;
  return cause instanceof TimeoutFailure && WHOLE_TIME.has(cause.timeoutType);
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

export function noProvider(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(FAILURES.providers_unavailable.message, 'providers_unavailable');
}
