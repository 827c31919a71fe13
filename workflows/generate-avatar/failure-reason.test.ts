import { ActivityFailure, ApplicationFailure, TimeoutFailure, type RetryState } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { PROVIDER_FAILURES, PROVIDER_FAILURE_RULES } from '#domain/provider/provider-failure.ts';
import { reasonOf } from './failure-reason.ts';

function activityFailure(retryState: RetryState, cause: Error): ActivityFailure {
  return new ActivityFailure('failed', 'generateImage', 'generate-1', retryState, 'worker', cause);
}

const RETRYABLE = ['internal', 'transient', 'rate_limited'].map((type) =>
  ApplicationFailure.retryable('scripted', type),
);
const LOST_RUNS = (['START_TO_CLOSE', 'HEARTBEAT'] as const).map((type) => new TimeoutFailure('lost', undefined, type));
const OTHER_ENDS = ['MAXIMUM_ATTEMPTS_REACHED', 'INTERNAL_SERVER_ERROR', 'RETRY_POLICY_NOT_SET'] as const;

describe('the reason of a failure', () => {
  it.each([...RETRYABLE, ...LOST_RUNS])(
    'is the deadline where no further run would begin in time, whatever the last said: %s',
    (last) => {
      expect(reasonOf(activityFailure('TIMEOUT', last))).toMatchObject({ code: 'deadline', fallback: false });
    },
  );

  it.each(['SCHEDULE_TO_CLOSE', 'SCHEDULE_TO_START'] as const)('is the deadline at %s', (type) => {
    const failure = activityFailure('NON_RETRYABLE_FAILURE', new TimeoutFailure('late', undefined, type));
    expect(reasonOf(failure)).toMatchObject({ code: 'deadline', fallback: false });
  });

  it.each(OTHER_ENDS)(
    'sends nobody to the next provider where the activity did not give up itself: %s',
    (retryState) => {
      for (const last of [...RETRYABLE, ...LOST_RUNS])
        expect(reasonOf(activityFailure(retryState, last)).fallback).toBe(false);
    },
  );

  it('sends nobody to the next provider for a fault of ours', () => {
    const failure = activityFailure('NON_RETRYABLE_FAILURE', ApplicationFailure.nonRetryable('refused', 'internal'));
    expect(reasonOf(failure)).toMatchObject({ code: 'internal', fallback: false });
  });

  it.each(PROVIDER_FAILURES)('follows the rule where a provider was given up: %s', (kind) => {
    const { failure: code, fallback, wholeProvider } = PROVIDER_FAILURE_RULES[kind];
    const failure = activityFailure('NON_RETRYABLE_FAILURE', ApplicationFailure.nonRetryable('scripted', kind));
    expect(reasonOf(failure)).toEqual({ code, detail: kind, fallback, wholeProvider });
  });
});
