import type { ImageScores } from '#domain/moderation/image-check.ts';

/**
 * Image moderation: scores images from providers before they are shown; domain/moderation/image-check.ts decides from the scores.
 * Prompts are moderated by api/moderation/moderate-prompts.ts.
 */
export interface ImageModerator {
  /**
   * Scores an image by class.
   *
   * @param image JPEG, PNG or WebP
   * @throws Error when the image can't be scored; it must not be shown then
   */
  score(image: Buffer): Promise<ImageScores>;
  close(): Promise<void>;
}
