import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { PRINT_SIDE_PX } from '#domain/generation/finish.ts';
import { THUMBNAIL_PX } from '#domain/generation/image.ts';
import { PUBLISHED_SIDE_MAX_PX } from '#domain/generation/image-shape.ts';
import { decodeComplete } from './complete-jpeg.ts';
import { readImageHeader } from './header/image-header.ts';
import { openImage } from './open-image.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { thumbHash } from './thumb-hash.ts';
import type { RawImage } from './raw-image.ts';

/** Visually lossless for portraits at a third of PNG's bytes. */
const IMAGE_QUALITY = 90;
const THUMBNAIL_QUALITY = 80;
/** Measured at 1024 px: 27 ms, where 4 (the default) takes 108 ms for 10 % fewer bytes and smartSubsample triples both. */
const IMAGE_EFFORT = 2;
/** Loaded most often, and small: fewer bytes are worth the extra time. */
const THUMBNAIL_EFFORT = 5;

/** Bytes that are no image we can publish: damaged, of an unsupported format, or too many pixels. A retry gets the same bytes. */
export class CorruptImage extends Error {
  override readonly name = 'CorruptImage';
}

export interface EncodedImage {
  /** WebP, sRGB, upright, without metadata. */
  readonly image: Buffer;
  readonly thumbnail: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of `image` as it is here, before metadata is added, hex. */
  readonly sha256: string;
  /** Base64. */
  readonly thumbhash: string;
  /** See `perceptualHash`; null for a plain surface. */
  readonly phash: string | null;
}

export interface EncodeOptions {
  /** The image is scaled down to this longer side, never enlarged. */
  readonly maxSidePx?: number;
  /** Scales the image to print size instead: `blocks` preserves hard edges, `smooth` interpolates and sharpens. */
  readonly print?: 'smooth' | 'blocks';
}

/** Restores the edges that enlarging softens, without halos on flat areas such as skin: strong on edges only. */
const PRINT_SHARPENING = { sigma: 1, m1: 0.4, m2: 2 } as const;

/**
 * Encodes the bytes of a provider or an upload as the image and thumbnail to store. The same bytes give the same result on one
 * machine; another processor or version of libvips may encode them differently.
 *
 * @throws CorruptImage when the bytes can't be decoded completely or exceed the pixel limit
 */
export async function encodeImage(bytes: Buffer, options: EncodeOptions = {}): Promise<EncodedImage> {
  const raw = await decode(bytes, options);
  const [image, thumbnail, thumbhash, phash] = await Promise.all([
    sharp(raw.data, { raw: raw.info }).webp({ quality: IMAGE_QUALITY, effort: IMAGE_EFFORT }).toBuffer(),
    sharp(raw.data, { raw: raw.info })
      .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: THUMBNAIL_QUALITY, effort: THUMBNAIL_EFFORT })
      .toBuffer(),
    thumbHash(raw),
    perceptualHash(raw),
  ]);
  return {
    image,
    thumbnail,
    widthPx: raw.info.width,
    heightPx: raw.info.height,
    sha256: createHash('sha256').update(image).digest('hex'),
    thumbhash,
    phash,
  };
}

/** Decodes once for all outputs, and converts CMYK and 16 bits per channel to 8-bit sRGB. */
async function decode(bytes: Buffer, options: EncodeOptions): Promise<RawImage> {
  const header = readImageHeader(bytes);
  if (header === undefined) throw new CorruptImage('The bytes are no image of a known format');
  try {
    const { data, info } = await decodeComplete(bytes, header, (whole, opening) =>
      resize(openImage(whole, opening)!, options)
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true }),
    );
    return { data, info: { width: info.width, height: info.height, channels: info.channels } };
  } catch (cause) {
    throw new CorruptImage('The image could not be decoded', { cause });
  }
}

function resize(source: Sharp, { maxSidePx = PUBLISHED_SIDE_MAX_PX, print }: EncodeOptions): Sharp {
  if (print === undefined) {
    return source.resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true });
  }
  const kernel = print === 'blocks' ? 'nearest' : 'lanczos3';
  const enlarged = source.resize(PRINT_SIDE_PX, PRINT_SIDE_PX, { fit: 'inside', kernel });
  return print === 'blocks' ? enlarged : enlarged.sharpen(PRINT_SHARPENING);
}
