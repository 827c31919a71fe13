import { SEED_MAX } from './image.ts';
import type { Mode } from './mode.ts';

/** Variations use one of so many following seeds: enough that two variations of an avatar rarely share one. */
export const VARIATION_SEEDS = 1_000;

/** Where the seed of a request that has none comes from. */
export type SeedSource = 'random' | 'reference' | 'near_reference';

const SOURCE_OF_MODE: Readonly<Record<Mode, SeedSource>> = {
  text: 'random',
  reference: 'random',
  // A neighboring seed varies the image.
  variation: 'near_reference',
  // The same seed shows the same person in another style.
  style: 'reference',
};

/** @param referenceSeed the seed with which the reference image was generated; null or undefined when it has none */
export function seedSourceOf(mode: Mode, referenceSeed: number | null | undefined): SeedSource {
  return referenceSeed == null ? 'random' : SOURCE_OF_MODE[mode];
}

/**
 * The seed of a request that has none.
 * @param random a whole number from 0 to less than `below`
 */
export function chooseSeed(
  mode: Mode,
  referenceSeed: number | null | undefined,
  random: (below: number) => number,
): number {
  const source = seedSourceOf(mode, referenceSeed);
  if (referenceSeed == null || source === 'random') return random(SEED_MAX + 1);
  return source === 'reference' ? referenceSeed : seedAfter(referenceSeed, 1 + random(VARIATION_SEEDS));
}

/** The seed that follows after so many steps; after the largest one comes 0. */
export function seedAfter(seed: number, steps: number): number {
  return (seed + steps) % (SEED_MAX + 1);
}
