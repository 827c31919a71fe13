import type { ImageScores } from '#domain/moderation/image-check.ts';

/** Looks at pictures before anybody else does. */
export interface ImageModerator {
  /**
   * What is in the picture.
   * @param image JPEG, PNG or WebP
   * @throws Error when it can't say; the picture is then not to be shown
   */
  score(image: Buffer): Promise<ImageScores>;
  close(): Promise<void>;
}
