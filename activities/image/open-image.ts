import sharp, { type Sharp } from 'sharp';
import { sniffFormat } from './image-format.ts';

/** sharp's own limit is 268 MP and it believes headers; 24 MP is the largest photo people upload and 96 MB when decoded. */
export const MAX_PIXELS = 24_000_000;

/** Twice the largest size on offer: keeps an uploaded photo sharp full screen without storing 24 MP of it. The longer side. */
export const PUBLISHED_SIDE_MAX_PX = 2048;

/** One thread an image: the worker runs one image a core, and more threads inside each only contend. */
const THREADS_PER_IMAGE = 1;

/** The loaders that may touch bytes from outside, and SVG, which only our own illustrator draws (sniffing keeps it from strangers). */
const LOADERS_KEPT = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadSvgBuffer',
];

// Settings of the process, not of a call: made once, when the first module that decodes is loaded.
sharp.concurrency(THREADS_PER_IMAGE);
// Every image is decoded once, so a cache of operations would only hold memory.
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS_KEPT });

/**
 * A decoder for bytes from outside: bounded in pixels, first frame only, upright, intolerant of damage.
 *
 * @returns undefined when the bytes are not JPEG, PNG or WebP by content
 */
export function openImage(bytes: Buffer): Sharp | undefined {
  if (sniffFormat(bytes) === undefined) return undefined;
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1, sequentialRead: true }).autoOrient();
}
