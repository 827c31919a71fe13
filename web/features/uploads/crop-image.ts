/** What of an image is kept, pixels of the original. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** More is never shown. */
const SIDE_MAX_PX = 2_048;
const QUALITY = 0.95;
const TYPE = 'image/webp';

/**
 * Cuts the square out, in the browser: nothing but what is shown leaves the machine.
 *
 * @param url of the image, upright as its own notes say
 * @throws Error when the browser can't draw it
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
  if (!bytes) throw new Error('This browser could not cut the image.');
  return bytes;
}
