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

describe('a diagnosis is exact', () => {
  const summaryOf = (input: DiagnosisInput) => diagnose(input).summary;
  const isStuck = (input: DiagnosisInput) => diagnose(input).stuck;
  const still = { ...waiting, running: 0, finishedPerMinute: 0, unchangedSeconds: 31 };
  const saving = { ...generating, stage: 'saving', attempt: null } as const;
  const between = { ...generating, attempt: null } as const;
  const at = (change: Partial<typeof attempt>) => ({ ...generating, attempt: { ...attempt, ...change } });

  it('about a queue that stands still: nothing runs, nothing ends, and for longer than half a minute', () => {
    expect(isStuck(still)).toBe(true);
    expect(isStuck({ ...still, running: 1 })).toBe(false);
    expect(isStuck({ ...still, finishedPerMinute: 1 })).toBe(false);
    expect(isStuck({ ...still, unchangedSeconds: 30 })).toBe(false);
    expect(summaryOf({ ...waiting, position: null })).toBe(
      'It waits for a provider: 1 running, about 4 finished per minute.',
    );
  });

  it('about what takes longer than it should', () => {
    expect([30, 31].map((unchangedSeconds) => isStuck({ ...saving, unchangedSeconds }))).toEqual([false, true]);
    expect([60, 61].map((unchangedSeconds) => isStuck({ ...between, unchangedSeconds }))).toEqual([false, true]);
    for (const state of ['submitting', 'submitted'] as const) {
      expect([60, 61].map((ageSeconds) => isStuck(at({ state, ageSeconds })))).toEqual([false, true]);
    }
  });

  it('about an image that was generated, and about the wait for the next provider', () => {
    expect(summaryOf(saving)).toBe('Its image was generated and is being saved (stage saving, for 3 s).');
    expect(summaryOf({ ...saving, stage: 'recording' })).toBe(
      'Its image was generated and is being processed (stage recording, for 3 s).',
    );
    expect(summaryOf(between)).toBe('One provider failed; it waits for the next (for 3 s).');
    expect(summaryOf({ ...between, position: 2 })).toBe(
      'One provider failed; it waits for the next, about number 2 in the queue (for 3 s).',
    );
  });

  it('about a provider that is disabled or paused: only what is not submitted waits for it', () => {
    expect(summaryOf(at({ providerEnabled: false }))).toContain('has been generating');
    expect(summaryOf(at({ providerPausedSeconds: 20 }))).toContain('has been generating');
    expect(summaryOf(at({ state: 'submitting', providerPausedSeconds: 20 }))).toContain('is being sent');
    expect(summaryOf(at({ state: 'created' }))).toContain('has been generating');
  });

  it('about a failure without a message', () => {
    expect(summaryOf({ ...generating, status: 'failed' })).toBe('It failed and holds nothing.');
  });

  it('and gives advice exactly when it is stuck', () => {
    const every: DiagnosisInput[] = [
      still,
      saving,
      { ...saving, unchangedSeconds: 31 },
      { ...between, unchangedSeconds: 61 },
      { ...generating, workflow: null },
      { ...generating, workflow: 'UNKNOWN' },
      generating,
      { ...generating, pastDeadline: true },
      { ...requested, workflow: 'UNKNOWN' },
      at({ ageSeconds: 61 }),
      at({ state: 'submitting', ageSeconds: 61 }),
    ];
    for (const { advice, stuck } of every.map(diagnose)) expect((advice ?? '').length > 20).toBe(stuck);
  });
});
