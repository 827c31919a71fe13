import sharp, { type Sharp } from 'sharp';
import { hasOrientation, hasTooManyScans, readImageHeader } from './header/image-header.ts';

/** sharp's own limit of 268 MP is too high: it trusts headers. What we decode whole needs 100 MB at most. */
export const MAX_PIXELS = 24_500_000;

/** The worker decodes one image per core; more threads per image would only contend. */
const THREADS_PER_IMAGE = 1;

/** The formats we accept, and SVG for our own illustrator (`readImageHeader` rejects SVG from outside). */
const ALLOWED_LOADERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadHeifBuffer',
  'VipsForeignLoadSvgBuffer',
];

// Process-wide settings, applied once when this module is first loaded.
sharp.concurrency(THREADS_PER_IMAGE);
// Each image is decoded once, so caching operations would only use memory.
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ALLOWED_LOADERS });

export interface OpenOptions {
  readonly maxPixels?: number;
  /** Of an animation, from 0. */
  readonly frame?: number;
  /** `warning`: also where a decoder would guess. Default: what lacks bytes or can't be decoded. */
  readonly failOn?: 'error' | 'warning';
}

/**
 * Opens untrusted bytes for decoding: limited in pixels and scans, one frame only, rotated upright, strict about damage.
 *
 * @returns undefined when the bytes are not JPEG, PNG, WebP or AVIF by content, or were made to be slow
 */
export function openImage(
  bytes: Buffer,
  { maxPixels = MAX_PIXELS, frame = 0, failOn = 'error' }: OpenOptions = {},
): Sharp | undefined {
  const header = readImageHeader(bytes);
  if (header === undefined || hasTooManyScans(header)) return undefined;
  return sharp(bytes, {
    limitInputPixels: maxPixels,
    failOn,
    page: frame,
    pages: 1,
    sequentialRead: true,
    autoOrient: hasOrientation(header),
  });
}
