import type { ImageScores } from '#domain/moderation/image-check.ts';

/** Looks at images before anybody else does. */
export interface ImageModerator {
  /**
   * What is in the image.
   * @param image JPEG, PNG or WebP
   * @throws Error when it can't say; the image is then not to be shown
   */
  score(image: Buffer): Promise<ImageScores>;
  close(): Promise<void>;
}
