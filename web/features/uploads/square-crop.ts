import type { ImageCrop, ImageSize } from '#domain/generation/image-shape.ts';

/** The initial crop: the largest centered square. */
export function centeredSquare({ width, height }: ImageSize): ImageCrop {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/** Whole pixels within the image, which the crop box may exceed by rounding. */
export function cropWithin(crop: ImageCrop, image: ImageSize): ImageCrop {
  const side = Math.min(Math.round(crop.width), image.width, image.height);
  const within = (start: number, length: number) => Math.max(0, Math.min(Math.round(start), length - side));
  return { x: within(crop.x, image.width), y: within(crop.y, image.height), width: side, height: side };
}
