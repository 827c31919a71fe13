import { describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration, anAvatar } from '#contract/testing/samples.ts';
import { generationCardText } from './generation-card-text.ts';

const flux = (failure: 'transient' | 'timeout' | null) => ({
  provider: 'replicate' as const,
  model: 'FLUX.1 [schnell]',
  state: failure ? 'failed' : 'submitted',
  failure,
  costUsd: null,
  startedAt: '2026-11-23T08:00:00.000Z',
  finishedAt: null,
});

describe('generationCardText', () => {
  it('says that a requested generation waits to enter the queue, with no credits held', () => {
    expect(generationCardText(aGeneration({ status: 'requested', stage: 'admitting' }))).toMatchObject({
      summary: 'Accepted, waiting to enter the queue',
      detail: 'No credits held yet',
    });
  });

  it.each([
    ['insufficient_credits', 'Not enough credits for this avatar.'],
    ['daily_limit', 'You reached today’s limit. Try again tomorrow.'],
    ['hourly_limit', 'You reached this hour’s limit. Try again in an hour.'],
    ['too_many_pending', 'Too many generations in progress. Try again when some have finished.'],
  ] as const)('gives the reason for the refusal %s', (refusal, summary) => {
    expect(generationCardText(aGeneration({ status: 'requested', refusal }))).toMatchObject({
      summary,
      detail: 'Nothing was charged',
    });
  });

  it('says that the avatar is in the trash', () => {
    const avatar = anAvatar({ trashedAt: '2026-11-23T09:00:00.000Z' });
    expect(generationCardText(aGeneration({ status: 'completed', avatar })).detail).toBe('In the trash');
  });

  it.each([
    [null, 'In queue'],
    [{ position: 1, etaSeconds: 3 }, 'Next in queue, a few seconds'],
    [{ position: 3, etaSeconds: 18 }, '3rd in queue, about 20\u00A0s'],
    [{ position: 12, etaSeconds: null }, '12th in queue'],
  ])('gives the queue position and the estimated wait: %j', (queue, summary) => {
    expect(generationCardText(aGeneration({ queue })).summary).toBe(summary);
  });

  it('gives the credits held while pending', () => {
    expect(generationCardText(aGeneration()).detail).toBe('10\u00A0credits held');
    expect(generationCardText(aGeneration({ model: 'FLUX.1 [dev]', price: 8 })).detail).toBe(
      'FLUX.1 [dev] · 8\u00A0credits held',
    );
  });

  it.each([
    ['generating', 'Generating with FLUX.1 [dev]'],
    ['checking', 'Checking the image'],
    ['saving', 'Saving the image'],
    ['recording', 'Saving the image'],
  ] as const)('names the stage %s with the elapsed time', (stage, summary) => {
    const processingAt = '2026-11-23T08:00:02.000Z';
    const text = generationCardText(aGeneration({ status: 'processing', stage, model: 'FLUX.1 [dev]', processingAt }));
    expect(text).toMatchObject({ summary, elapsedSince: processingAt });
  });

  it('names a later attempt and the reason for it', () => {
    const second = aGeneration({
      status: 'processing',
      stage: 'generating',
      attempts: [flux('transient'), flux(null)],
    });
    expect(generationCardText(second).detail).toBe('Attempt 2 · FLUX.1 [schnell]: temporarily unavailable');
    const between = aGeneration({ status: 'processing', stage: 'generating', attempts: [flux('timeout')] });
    expect(generationCardText(between).detail).toBe('Attempt 2 · FLUX.1 [schnell]: timed out');
  });

  it('names what the model left out of a completed generation', () => {
    const done = aGeneration({ status: 'completed', notDrawn: ['sword', 'white horse'] });
    expect(generationCardText(done)).toMatchObject({ detail: 'Not drawn: sword, white horse', detailTone: 'news' });
  });

  it('gives the duration of a completed generation', () => {
    const done = aGeneration({
      status: 'completed',
      createdAt: '2026-11-23T08:00:00.000Z',
      finishedAt: '2026-11-23T08:00:04.200Z',
    });
    expect(generationCardText(done).summary).toBe('Done in 4.2\u00A0s');
  });

  it('gives the failure and the credits returned', () => {
    expect(generationCardText(aFailedGeneration())).toEqual({
      summary: 'The provider refused this prompt. Reword it and try again.',
      detail: '10\u00A0credits returned',
      detailTone: 'good',
    });
  });

  it('does not report returned credits when none were held', () => {
    expect(generationCardText(aFailedGeneration({ creditsReturned: 0 })).detail).toBe('Nothing was charged');
    expect(generationCardText(aGeneration({ status: 'cancelled' })).detail).toBe('Nothing was charged');
    expect(generationCardText(aGeneration({ status: 'cancelled', creditsReturned: 10 })).detail).toBe(
      '10\u00A0credits returned',
    );
  });
});
