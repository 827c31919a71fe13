import { UPLOAD_MIN_SIDE_PX } from './upload.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The part of an image that is kept, in pixels of the upright image. */
export interface ImageCrop extends ImageSize {
  readonly x: number;
  readonly y: number;
}

/** The longer side of what is published. Twice the largest size on offer: an uploaded photo stays sharp full screen. */
export const PUBLISHED_SIDE_MAX_PX = 2048;
/** Longer side by shorter side of what is kept: a wider image is a line in the gallery, and providers refuse it as a reference. */
export const RESULT_MAX_RATIO = 4;
/** Longer side by shorter side of a file from which a part is kept: the widest panoramas are 10 times as wide as high. */
const SOURCE_MAX_RATIO = 16;

/** The size at which an image or a part of it is published: never enlarged. */
export function publishedSize({ width, height }: ImageSize): ImageSize {
  const scale = Math.min(1, PUBLISHED_SIDE_MAX_PX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Why an image, or the part of it that is to be kept, has a shape that can't be published. */
export function shapeFault(source: ImageSize, crop: ImageCrop | undefined): string | undefined {
  return (
    fault('This image', source, crop ? SOURCE_MAX_RATIO : RESULT_MAX_RATIO) ??
    (crop && fault('The cropped part', crop, RESULT_MAX_RATIO))
  );
}

function fault(what: string, { width, height }: ImageSize, maxRatio: number): string | undefined {
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  const size = `${what} is ${width} × ${height} px.`;
  if (longer > shorter * maxRatio)
    return `${size} Its longer side can be at most ${maxRatio} times as long as its shorter side.`;
  return shorter < UPLOAD_MIN_SIDE_PX ? `${size} It needs at least ${UPLOAD_MIN_SIDE_PX} px on each side.` : undefined;
}

/** Whether the part lies within the image. */
export function isInside({ x, y, width, height }: ImageCrop, source: ImageSize): boolean {
  return x + width <= source.width && y + height <= source.height;
}
