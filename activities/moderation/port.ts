import type { ImageScores } from '#domain/moderation/image-check.ts';

/** Checks images from providers before they are shown. */
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
