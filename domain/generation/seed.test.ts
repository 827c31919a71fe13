import { expect, it } from 'vitest';
import { SEED_MAX } from './image.ts';
import { chooseSeed, seedAfter, seedSourceOf, VARIATION_SEEDS } from './seed.ts';

it('takes the seed of a restyled image and a neighbor of a varied one, and chooses any other', () => {
  expect((['text', 'reference', 'variation', 'style'] as const).map((mode) => seedSourceOf(mode, 0))).toEqual([
    'random',
    'random',
    'near_reference',
    'reference',
  ]);
});

it('chooses any seed where the reference has none', () => {
  expect([seedSourceOf('style', null), seedSourceOf('variation', undefined)]).toEqual(['random', 'random']);
});

it('continues with 0 after the largest seed', () => {
  expect([seedAfter(7, 3), seedAfter(SEED_MAX, 1)]).toEqual([10, 0]);
});

it('chooses from all seeds, or from the following ones of the reference', () => {
  const last = (below: number) => below - 1;
  expect(chooseSeed('text', 41, last)).toBe(SEED_MAX);
  expect(chooseSeed('variation', null, last)).toBe(SEED_MAX);
  expect(chooseSeed('variation', 41, last)).toBe(41 + VARIATION_SEEDS);
  expect(chooseSeed('style', 41, last)).toBe(41);
});
