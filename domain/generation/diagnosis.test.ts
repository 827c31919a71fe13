import { describe, expect, it } from 'vitest';
import { diagnose, type DiagnosisInput } from './diagnosis.ts';

const generating: DiagnosisInput = {
  status: 'processing',
  stage: 'generating',
  failureMessage: null,
  accepted: true,
  refusal: null,
  unchangedSeconds: 3,
  cancelRequested: false,
  pastDeadline: false,
  workflow: 'RUNNING',
  position: null,
  running: 1,
  finishedPerMinute: 4,
  attempt: {
    provider: 'replicate',
    state: 'submitted',
    ageSeconds: 3,
    providerEnabled: true,
    providerPausedSeconds: 0,
    providerFailsRecently: false,
  },
};
const attempt = generating.attempt!;
const waiting: DiagnosisInput = { ...generating, status: 'pending', stage: 'queued', position: 3, attempt: null };
const requested: DiagnosisInput = { ...waiting, status: 'requested', stage: 'admitting', position: null };

describe('diagnose', () => {
  it.each<[string, DiagnosisInput, boolean, RegExp]>([
    ['completed', { ...generating, status: 'completed' }, false, /delivered/],
    ['failed', { ...generating, status: 'failed', failureMessage: 'It took too long.' }, false, /It took too long/],
    ['cancelled', { ...generating, status: 'cancelled' }, false, /cancelled/],
    ['without Temporal', { ...generating, workflow: null }, true, /Temporal does not respond/],
    ['with a terminated workflow', { ...generating, workflow: 'TERMINATED' }, true, /workflow is TERMINATED/],
    ['being cancelled', { ...generating, cancelRequested: true }, false, /cancel was requested/],
    ['past its deadline', { ...generating, pastDeadline: true }, true, /deadline has passed/],
    ['refused', { ...requested, refusal: 'daily_limit' }, false, /refused \(daily_limit\)/],
    ['being admitted', requested, false, /being admitted/],
    ['accepted and never started', { ...requested, workflow: 'UNKNOWN' }, true, /its workflow has not started yet/],
    ['never accepted', { ...requested, workflow: 'UNKNOWN', accepted: false }, false, /dropped/],
    ['third in queue', waiting, false, /number 3 in the queue/],
    [
      'in a queue that does not move',
      { ...waiting, running: 0, finishedPerMinute: 0, unchangedSeconds: 90 },
      true,
      /no generation is running/,
    ],
    ['being generated', generating, false, /replicate has been generating for 3 s/],
    ['generated slowly', { ...generating, attempt: { ...attempt, ageSeconds: 100 } }, true, /for 100 s/],
    [
      'at a provider that is disabled',
      { ...generating, attempt: { ...attempt, state: 'created', providerEnabled: false } },
      false,
      /is disabled/,
    ],
    [
      'at a provider that is paused',
      { ...generating, attempt: { ...attempt, state: 'created', providerPausedSeconds: 20 } },
      false,
      /no requests for 20 s/,
    ],
    ['being submitted', { ...generating, attempt: { ...attempt, state: 'submitting' } }, false, /being sent/],
    [
      'submitted by a worker that has stopped',
      { ...generating, attempt: { ...attempt, state: 'submitting', ageSeconds: 90 } },
      true,
      /worker may have stopped/,
    ],
    [
      'between two candidates',
      { ...generating, attempt: null, position: 2 },
      false,
      /waits for the next, about number 2/,
    ],
    [
      'stuck between two candidates',
      { ...generating, attempt: null, unchangedSeconds: 90 },
      true,
      /One provider failed/,
    ],
    ['being saved', { ...generating, stage: 'saving' }, false, /being saved/],
    ['saved slowly', { ...generating, stage: 'saving', unchangedSeconds: 60 }, true, /for 60 s/],
  ])('describes a generation that is %s', (_what, input, isStuck, expected) => {
    const { summary, advice, stuck } = diagnose(input);
    expect(summary).toMatch(expected);
    expect(stuck).toBe(isStuck);
    expect(advice !== null).toBe(isStuck);
  });

  it('advises to disable a provider that has been failing', () => {
    const slow = { ...generating, attempt: { ...attempt, ageSeconds: 100, providerFailsRecently: true } };
    expect(diagnose(slow).advice).toMatch(/disable it/);
  });
});
