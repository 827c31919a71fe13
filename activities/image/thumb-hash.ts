import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { RawImage } from './raw-image.ts';

/** The algorithm accepts at most 100 px a side, and more pixels add no detail. */
const SAMPLE_PX = 64;

/** A blurred placeholder of about 25 bytes, shown while the image loads. @returns a ThumbHash as base64 */
export async function thumbHash({ data, info }: RawImage): Promise<string> {
  const sample = await sharp(data, { raw: info })
    .resize(SAMPLE_PX, SAMPLE_PX, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(sample.info.width, sample.info.height, sample.data)).toString('base64');
}
