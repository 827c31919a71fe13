import type { ImageHeader } from './header/image-header.ts';
import { type JpegHeader, wholeJpeg, withFiller } from './header/jpeg-header.ts';
import { openImage, type OpenOptions } from './open-image.ts';

/** A missing block of 8 pixels is still visible when the largest image is scaled down to this. */
const SAMPLE_SIDE_PX = 1024;

/** A JPEG of which a part is missing: decoders fill it with gray. */
class IncompleteJpeg extends Error {
  override readonly name = 'IncompleteJpeg';
}

/**
 * Decodes a JPEG only if it has all its pixels, whether or not it has its end marker: many programs cut the marker off, and every
 * browser shows such a file. libvips says that it had to guess, but not what. So a file that it has doubts about is decoded once more
 * with other data after each scan: if that changes a pixel, the pixel was missing.
 *
 * @param decode is given the bytes to decode; for other formats, just those
 * @throws IncompleteJpeg, and what `decode` throws
 */
export async function decodeComplete<Result>(
  bytes: Buffer,
  header: ImageHeader,
  decode: (whole: Buffer, options: OpenOptions) => Promise<Result>,
  { maxPixels }: Pick<OpenOptions, 'maxPixels'> = {},
): Promise<Result> {
  if (header.format !== 'jpeg') return decode(bytes, { failOn: 'error' });
  const whole = wholeJpeg(bytes, header);
  try {
    return await decode(whole, { failOn: 'warning' });
  } catch {
    await assertComplete(bytes, header, { ...(maxPixels && { maxPixels }) });
    return decode(whole, { failOn: 'error' });
  }
}

async function assertComplete(bytes: Buffer, jpeg: JpegHeader, options: OpenOptions): Promise<void> {
  const seen = await sampleOf(wholeJpeg(bytes, jpeg), options);
  const filled = await sampleOf(withFiller(bytes, jpeg), options);
  if (!seen.equals(filled)) throw new IncompleteJpeg('Pixels are missing');
}

function sampleOf(bytes: Buffer, options: OpenOptions): Promise<Buffer> {
  const image = openImage(bytes, options);
  if (image === undefined) throw new IncompleteJpeg('The image has no scan that can be decoded');
  return image.resize(SAMPLE_SIDE_PX, SAMPLE_SIDE_PX, { fit: 'inside', withoutEnlargement: true }).raw().toBuffer();
}
