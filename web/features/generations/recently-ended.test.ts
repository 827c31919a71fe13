import { describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration } from '#contract/testing/samples.ts';
import { recentlyEnded } from './recently-ended.ts';

describe('recentlyEnded', () => {
  it('lists ended generations, latest first, without unfinished ones and those shown as cards', () => {
    const early = aGeneration({ id: 'early', status: 'completed', finishedAt: '2026-11-23T08:00:05.000Z' });
    const late = aGeneration({ id: 'late', status: 'cancelled', finishedAt: '2026-11-23T08:00:07.000Z' });
    const card = aFailedGeneration({ id: 'card' });
    const waiting = aGeneration({ id: 'waiting' });
    const byId = { early, late, card, waiting };
    expect(recentlyEnded(byId, [card, waiting]).map(({ id }) => id)).toEqual(['late', 'early']);
  });
});
