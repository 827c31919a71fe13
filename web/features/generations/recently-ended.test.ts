import { expect, it } from 'vitest';
import { aFailedOne, aGeneration } from '#contract/testing/samples.ts';
import { recentlyEnded } from './recently-ended.ts';

it('lists what ended, latest first, and nothing that is under way or shown as a card', () => {
  const early = aGeneration({ id: 'early', status: 'completed', finishedAt: '2026-11-23T08:00:05.000Z' });
  const late = aGeneration({ id: 'late', status: 'cancelled', finishedAt: '2026-11-23T08:00:07.000Z' });
  const card = aFailedOne({ id: 'card' });
  const waiting = aGeneration({ id: 'waiting' });
  const byId = { early, late, card, waiting };
  expect(recentlyEnded(byId, [card, waiting]).map(({ id }) => id)).toEqual(['late', 'early']);
});
