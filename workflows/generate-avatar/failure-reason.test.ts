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
const LOST_TRIES = (['START_TO_CLOSE', 'HEARTBEAT'] as const).map(
  (type) => new TimeoutFailure('lost', undefined, type),
);
const OTHER_RETRY_STATES = ['MAXIMUM_ATTEMPTS_REACHED', 'INTERNAL_SERVER_ERROR', 'RETRY_POLICY_NOT_SET'] as const;

describe('reasonOf', () => {
  it.each([...RETRYABLE, ...LOST_TRIES])(
    'reports the deadline when no further try would start in time, whatever the last failure: %s',
    (lastFailure) => {
      expect(reasonOf(activityFailure('TIMEOUT', lastFailure))).toMatchObject({ code: 'deadline', fallback: false });
    },
  );

  it.each(['SCHEDULE_TO_CLOSE', 'SCHEDULE_TO_START'] as const)('reports the deadline for a %s timeout', (type) => {
    const failure = activityFailure('NON_RETRYABLE_FAILURE', new TimeoutFailure('late', undefined, type));
    expect(reasonOf(failure)).toMatchObject({ code: 'deadline', fallback: false });
  });

  it.each(OTHER_RETRY_STATES)('allows no fallback when the activity did not give up itself: %s', (retryState) => {
    for (const lastFailure of [...RETRYABLE, ...LOST_TRIES])
      expect(reasonOf(activityFailure(retryState, lastFailure)).fallback).toBe(false);
  });

  it('allows no fallback after a failure of ours', () => {
    const failure = activityFailure('NON_RETRYABLE_FAILURE', ApplicationFailure.nonRetryable('refused', 'internal'));
    expect(reasonOf(failure)).toMatchObject({ code: 'internal', fallback: false });
  });

  it.each(PROVIDER_FAILURES)('follows the rule of the provider failure %s', (kind) => {
    const { failure: code, fallback, wholeProvider } = PROVIDER_FAILURE_RULES[kind];
    const failure = activityFailure('NON_RETRYABLE_FAILURE', ApplicationFailure.nonRetryable('scripted', kind));
    expect(reasonOf(failure)).toEqual({ code, detail: kind, fallback, wholeProvider });
  });
});
