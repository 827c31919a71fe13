import type { ImageCheckOutcome } from './review.ts';

/** The classes of the image classifier; their probabilities add up to one. */
export const IMAGE_CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;
export type ImageScores = Readonly<Record<(typeof IMAGE_CLASSES)[number], number>>;

/** Above this probability no review is needed; the classifier's authors use a similar threshold. */
const BLOCK_EXPLICIT = 0.85;
/** Above this probability an image needs review: it is more likely explicit than not. */
const REVIEW_EXPLICIT = 0.5;
/** Swimwear and bare shoulders are allowed in an avatar; only very high probabilities need review. */
const REVIEW_SEXY = 0.9;

/** Decides from the scores. Portraits are often misclassified, so uncertain images are reviewed by admins. */
export function imageCheckOutcome({ porn, hentai, sexy }: ImageScores): ImageCheckOutcome {
  const explicit = porn + hentai;
  if (explicit >= BLOCK_EXPLICIT) return 'block';
  return explicit >= REVIEW_EXPLICIT || sexy >= REVIEW_SEXY ? 'review' : 'pass';
}
