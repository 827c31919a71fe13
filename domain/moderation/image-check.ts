import type { ImageCheckOutcome } from './review.ts';

/** What the classifier tells apart, as probabilities that add up to one. */
export const IMAGE_CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;
export type ImageScores = Readonly<Record<(typeof IMAGE_CLASSES)[number], number>>;

/** As sure as this, nobody needs to look: the classifier's own authors use the same order of magnitude. */
const BLOCK_EXPLICIT = 0.85;
/** More likely explicit than not: somebody looks. */
const REVIEW_EXPLICIT = 0.5;
/** Swimwear and bare shoulders are fine in an avatar; only what the classifier is very sure of is looked at. */
const REVIEW_SEXY = 0.9;

/** What becomes of an image. Portraits are easily mistaken, so doubt is for people to settle. */
export function imageCheckOutcome({ porn, hentai, sexy }: ImageScores): ImageCheckOutcome {
  const explicit = porn + hentai;
  if (explicit >= BLOCK_EXPLICIT) return 'block';
  return explicit >= REVIEW_EXPLICIT || sexy >= REVIEW_SEXY ? 'review' : 'pass';
}
