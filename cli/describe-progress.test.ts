import { describe, expect, it } from 'vitest';
import { describeEnd, describeProgress } from './describe-progress.ts';
import { aGeneration } from '#contract/testing/samples.ts';

describe('describeProgress', () => {
  it.each([
    [{ status: 'requested' }, 'accepted, waiting for admission'],
    [{ status: 'requested', refusal: 'daily_limit' }, 'refused'],
    [{}, 'in queue'],
    [{ queue: { position: 3, etaSeconds: 12 } }, 'in queue, position 3, about 12 s'],
    [{ queue: { position: 1, etaSeconds: null } }, 'in queue, position 1'],
    [{ status: 'processing', stage: 'generating', model: 'FLUX.1 [dev]' }, 'generating with FLUX.1 [dev]'],
    [{ status: 'processing', stage: 'generating' }, 'generating'],
    [{ status: 'processing', stage: 'recording' }, 'saving the image'],
    [{ status: 'cancelled' }, 'cancelled'],
  ] as const)('describes %j as "%s"', (state, text) => {
    expect(describeProgress(aGeneration(state))).toBe(text);
  });

  it('includes the attempt number after a provider failed', () => {
    const attempt = {
      provider: 'replicate',
      model: 'flux-dev',
      state: 'failed',
      failure: 'transient',
      costUsd: null,
      startedAt: '2026-11-23T08:00:00.000Z',
      finishedAt: null,
    } as const;
    const state = aGeneration({ status: 'processing', stage: 'generating', attempts: [attempt, attempt] });
    expect(describeProgress(state)).toBe('generating (attempt 2)');
  });
});

describe('describeEnd', () => {
  it('states the failure and the returned credits', () => {
    const failure = {
      code: 'deadline',
      message: 'It took too long and was stopped.',
      retryable: true,
      creditsReturned: 10,
    } as const;
    expect(describeEnd(aGeneration({ status: 'failed', failure, creditsReturned: 10 }))).toBe(
      'It took too long and was stopped. 10 credits returned.',
    );
  });

  it('states that nothing was charged when nothing was held', () => {
    expect(describeEnd(aGeneration({ status: 'cancelled' }))).toBe('Cancelled. Nothing was charged.');
    expect(describeEnd(aGeneration({ status: 'requested', refusal: 'insufficient_credits' }))).toBe(
      'Not enough credits for this avatar. Nothing was charged.',
    );
  });
});
