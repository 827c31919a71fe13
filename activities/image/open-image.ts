import sharp, { type Sharp } from 'sharp';
import { sniffFormat } from './image-format.ts';

/** sharp's own limit of 268 MP is too high: it trusts headers. 24 MP covers the largest common photos and decodes to 96 MB. */
export const MAX_PIXELS = 24_000_000;

/** The longer side. Twice the largest size on offer: an uploaded photo stays sharp full screen without storing 24 MP. */
export const PUBLISHED_SIDE_MAX_PX = 2048;

/** The worker decodes one image per core; more threads per image would only contend. */
const THREADS_PER_IMAGE = 1;

/** The formats we accept, and SVG for our own illustrator (`sniffFormat` rejects SVG from outside). */
const ALLOWED_LOADERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadSvgBuffer',
];

// Process-wide settings, applied once when this module is first loaded.
sharp.concurrency(THREADS_PER_IMAGE);
// Each image is decoded once, so caching operations would only use memory.
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ALLOWED_LOADERS });

/**
 * Opens untrusted bytes for decoding: limited in pixels, first frame only, rotated upright, strict about damage.
 *
 * @returns undefined when the bytes are not JPEG, PNG or WebP by content
 */
export function openImage(bytes: Buffer): Sharp | undefined {
  if (sniffFormat(bytes) === undefined) return undefined;
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1, sequentialRead: true }).autoOrient();
}
