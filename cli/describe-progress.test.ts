import { describe, expect, it } from 'vitest';
import { describeEnd, describeProgress } from './describe-progress.ts';
import { aGeneration } from '#contract/testing/samples.ts';

describe('the progress of a generation', () => {
  it.each([
    [{ status: 'requested' }, 'accepted, waiting for the studio to open'],
    [{ status: 'requested', refusal: 'daily_limit' }, 'refused'],
    [{}, 'in queue'],
    [{ queue: { position: 3, etaSeconds: 12 } }, 'in queue, place 3, about 12 s'],
    [{ queue: { position: 1, etaSeconds: null } }, 'in queue, place 1'],
    [{ status: 'processing', stage: 'generating', model: 'FLUX.1 [dev]' }, 'generating with FLUX.1 [dev]'],
    [{ status: 'processing', stage: 'generating' }, 'generating'],
    [{ status: 'processing', stage: 'recording' }, 'saving the image'],
    [{ status: 'cancelled' }, 'cancelled'],
  ] as const)('%j reads "%s"', (state, text) => {
    expect(describeProgress(aGeneration(state))).toBe(text);
  });

  it('tells which attempt it is when a provider failed before', () => {
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

describe('the end without an image', () => {
  it('says why and that the credits came back', () => {
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

  it('says that nothing was charged when nothing was held', () => {
    expect(describeEnd(aGeneration({ status: 'cancelled' }))).toBe('Cancelled. Nothing was charged.');
    expect(describeEnd(aGeneration({ status: 'requested', refusal: 'insufficient_credits' }))).toBe(
      'There are not enough credits. Nothing was charged.',
    );
  });
});
