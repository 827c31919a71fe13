import { expect, it } from 'vitest';
import { SEED_MAX } from './image.ts';
import { seedAfter, seedSourceOf } from './seed.ts';

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
