import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { RawImage } from './raw-image.ts';

/** The algorithm refuses more than 100 px a side, and sees no more detail than this gives. */
const SAMPLE_PX = 64;

/** A blurred image in some 25 bytes for the time before the real one is there. @returns thumbhash as base64 */
export async function thumbHash({ data, info }: RawImage): Promise<string> {
  const sample = await sharp(data, { raw: info })
    .resize(SAMPLE_PX, SAMPLE_PX, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(sample.info.width, sample.info.height, sample.data)).toString('base64');
}
