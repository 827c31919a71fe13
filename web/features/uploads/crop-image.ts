/** The part of an image to crop to, in pixels of the original. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The largest size at which an avatar is shown. */
const SIDE_MAX_PX = 2_048;
const QUALITY = 0.95;
const TYPE = 'image/webp';

/**
 * Crops the image in the browser, so that only the visible part is uploaded.
 *
 * @param url of the image; its EXIF orientation is applied
 * @throws Error if the browser can't encode the image
 */
export async function cropImage(url: string, crop: Crop): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const side = Math.min(crop.width, SIDE_MAX_PX);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.drawImage(image, crop.x, crop.y, crop.width, crop.height, 0, 0, side, side);
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, TYPE, QUALITY));
  if (!bytes) throw new Error('This browser could not crop the image.');
  return bytes;
}
