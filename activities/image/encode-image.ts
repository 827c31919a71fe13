import { createHash } from 'node:crypto';
import sharp, { type KernelEnum, type Sharp } from 'sharp';
import { PRINT_SIDE_PX } from '#domain/generation/finish.ts';
import { THUMBNAIL_PX } from '#domain/generation/image.ts';
import { PUBLISHED_SIDE_MAX_PX } from '#domain/generation/image-shape.ts';
import { decodeComplete } from './complete-jpeg.ts';
import { readImageHeader } from './header/image-header.ts';
import { openImage, type OpenOptions } from './open-image.ts';
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
  readonly print?: Print;
}

type Print = 'smooth' | 'blocks';

/** Restores the edges that enlarging softens, without halos on flat areas such as skin: strong on edges only. */
const PRINT_SHARPENING = { sigma: 1, m1: 0.4, m2: 2 } as const;

/** An image that was decoded once, for everything that looks at it. */
export interface DecodedImage {
  /** At most as large as it is published. */
  readonly pixels: RawImage;
  /** The same at the thumbnail's size: enough for its hashes and for whether something can be seen. */
  readonly sample: RawImage;
}

/**
 * Encodes the bytes of a provider or an upload as the image and thumbnail to store. The same bytes give the same result on one
 * machine; another processor or version of libvips may encode them differently.
 *
 * @throws CorruptImage when the bytes can't be decoded completely or exceed the pixel limit
 */
export async function encodeImage(bytes: Buffer, options: EncodeOptions = {}): Promise<EncodedImage> {
  return encodeDecoded(await decodeImage(bytes, options), options);
}

/** @param options those with which the image was decoded */
export async function encodeDecoded(decoded: DecodedImage, { print }: EncodeOptions): Promise<EncodedImage> {
  const { pixels, sample } = print === undefined ? decoded : await sampled(await enlarged(decoded.pixels, print));
  const [image, thumbnail, thumbhash, phash] = await Promise.all([
    imageOf(pixels).webp({ quality: IMAGE_QUALITY, effort: IMAGE_EFFORT }).toBuffer(),
    imageOf(sample).webp({ quality: THUMBNAIL_QUALITY, effort: THUMBNAIL_EFFORT }).toBuffer(),
    thumbHash(sample),
    perceptualHash(sample),
  ]);
  return {
    image,
    thumbnail,
    widthPx: pixels.info.width,
    heightPx: pixels.info.height,
    sha256: createHash('sha256').update(image).digest('hex'),
    thumbhash,
    phash,
  };
}

/**
 * Decodes once for all outputs, and converts CMYK and 16 bits per channel to 8-bit sRGB.
 * @throws CorruptImage
 */
export async function decodeImage(bytes: Buffer, options: EncodeOptions): Promise<DecodedImage> {
  const header = readImageHeader(bytes);
  if (header === undefined) throw new CorruptImage('The bytes are no image of a known format');
  try {
    const decode = (whole: Buffer, opening: OpenOptions) =>
      rawOf(shrink(openImage(whole, opening)!, options).toColourspace('srgb'));
    return await sampled(await decodeComplete(bytes, header, decode));
  } catch (cause) {
    throw new CorruptImage('The image could not be decoded', { cause });
  }
}

function shrink(source: Sharp, { maxSidePx = PUBLISHED_SIDE_MAX_PX, print }: EncodeOptions): Sharp {
  return source.resize(maxSidePx, maxSidePx, {
    fit: 'inside',
    withoutEnlargement: true,
    ...(print && kernelOf(print)),
  });
}

function enlarged(pixels: RawImage, print: Print): Promise<RawImage> {
  const printed = imageOf(pixels).resize(PRINT_SIDE_PX, PRINT_SIDE_PX, { fit: 'inside', ...kernelOf(print) });
  return rawOf(print === 'blocks' ? printed : printed.sharpen(PRINT_SHARPENING));
}

function kernelOf(print: Print): { readonly kernel: keyof KernelEnum } {
  return { kernel: print === 'blocks' ? 'nearest' : 'lanczos3' };
}

async function sampled(pixels: RawImage): Promise<DecodedImage> {
  const size = { fit: 'inside', withoutEnlargement: true } as const;
  return { pixels, sample: await rawOf(imageOf(pixels).resize(THUMBNAIL_PX, THUMBNAIL_PX, size)) };
}

function imageOf({ data, info }: RawImage): Sharp {
  return sharp(data, { raw: info });
}

async function rawOf(image: Sharp): Promise<RawImage> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: info.channels } };
}
