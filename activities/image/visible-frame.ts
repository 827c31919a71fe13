import sharp from 'sharp';
import { FORMAT_FACTS } from '#domain/generation/upload-format.ts';
import { framesOf, isAnimated } from './header/image-header.ts';
import type { UploadFacts } from './inspect-upload.ts';
import { openImage } from './open-image.ts';
import { plainSurfaceOf } from './plain-surface.ts';
import type { RawImage } from './raw-image.ts';
import { corrupt, UploadRejected } from './upload-rejected.ts';

/** A frame is decoded from those before it, so only so many are considered. */
const CONSIDERED_FRAMES = 60;

/**
 * The first of an animation's frames on which something can be seen, among the first, the last and three between: many fade in.
 * @throws UploadRejected nothing_visible, corrupt
 */
export async function visibleFrame(bytes: Buffer, { header }: UploadFacts): Promise<number> {
  const last = Math.min(framesOf(header), CONSIDERED_FRAMES) - 1;
  if (last === 0) return 0;
  const { maxPixels } = FORMAT_FACTS[header.format];
  for (const frame of new Set([0, 0.5, 1, 0.25, 0.75].map((share) => Math.round(last * share)))) {
    const image = openImage(bytes, { maxPixels, frame });
    const plain = image && (await plainSurfaceOf(image).catch((cause: unknown) => Promise.reject(corrupt(cause))));
    if (plain === undefined) return frame;
  }
  throw new UploadRejected(
    'nothing_visible',
    'This image moves, and its frames are empty. Save a still image and try again.',
  );
}

/**
 * Of an animation, only a frame is kept; some formats have only their first one decoded.
 * @throws UploadRejected nothing_visible for a frame or a transparent image on which nothing can be seen
 */
export async function assertVisible({ data, info }: RawImage, { header, hasAlpha }: UploadFacts): Promise<void> {
  const moves = isAnimated(header);
  if (!moves && !hasAlpha) return;
  const plain = await plainSurfaceOf(sharp(data, { raw: info }));
  if (moves && plain) {
    const message =
      'This image moves, and its first frame is empty. Save the frame that you want as a still image and try again.';
    throw new UploadRejected('nothing_visible', message);
  }
  if (plain === 'transparent') {
    throw new UploadRejected('nothing_visible', 'This image is transparent: nothing can be seen on it.');
  }
}
