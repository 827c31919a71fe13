import sharp, { type Sharp } from 'sharp';
import { type ImageCrop, type ImageSize, publishedSize } from '#domain/generation/image-shape.ts';
import { FORMAT_FACTS } from '#domain/generation/upload-format.ts';
import { decodeComplete } from './complete-jpeg.ts';
import { colorOf } from './header/image-header.ts';
import type { UploadFacts } from './inspect-upload.ts';
import { openImage, type OpenOptions } from './open-image.ts';
import type { RawImage } from './raw-image.ts';
import { cmykToRgb, convertToSrgb } from './source-color.ts';
import { corrupt } from './upload-rejected.ts';

/** Above this scale, decoders can't skip pixels, so only the part that is kept is scaled. */
const SHRINK_MAX_SCALE = 0.5;

interface DecodeTarget {
  /** The part that is kept; undefined for the whole image. */
  readonly crop: ImageCrop | undefined;
  /** Of an animation, from 0. */
  readonly frame: number;
  readonly maxSidePx: number;
}

/**
 * Decodes the part of an upload that is kept, at the size at which it is kept: 8-bit sRGB, upright, as a browser shows it.
 * @throws UploadRejected corrupt
 */
export async function decodeUpload(bytes: Buffer, facts: UploadFacts, target: DecodeTarget): Promise<RawImage> {
  const { maxPixels } = FORMAT_FACTS[facts.header.format];
  const decode = (whole: Buffer, options: OpenOptions) => {
    const image = openImage(whole, { ...options, maxPixels, frame: target.frame });
    if (image === undefined) throw corrupt();
    return facts.isPlainCmyk
      ? decodeCmyk(image, facts, target)
      : decodePart(image.toColourspace('srgb'), facts, target);
  };
  try {
    const raw = await decodeComplete(bytes, facts.header, decode, { maxPixels });
    convertToSrgb(raw, colorOf(facts.header));
    return raw;
  } catch (cause) {
    throw corrupt(cause);
  }
}

async function decodeCmyk(image: Sharp, facts: UploadFacts, target: DecodeTarget): Promise<RawImage> {
  return cmykToRgb(await decodePart(image.pipelineColourspace('cmyk').toColourspace('cmyk'), facts, target));
}

async function decodePart(image: Sharp, facts: UploadFacts, { crop, maxSidePx }: DecodeTarget): Promise<RawImage> {
  if (crop === undefined) {
    return rawOf(image.resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true }));
  }
  const size = publishedSize(crop);
  const scale = size.width / crop.width;
  if (scale > SHRINK_MAX_SCALE) {
    const { x: left, y: top, width, height } = crop;
    return rawOf(image.extract({ left, top, width, height }).resize(size.width, size.height, { fit: 'fill' }));
  }
  const whole = { width: Math.round(facts.widthPx * scale), height: Math.round(facts.heightPx * scale) };
  return cutOut(await rawOf(image.resize(whole.width, whole.height, { fit: 'fill' })), crop, { scale, size });
}

/** Cuts the part out of the scaled image. */
function cutOut(
  whole: RawImage,
  crop: ImageCrop,
  { scale, size: { width, height } }: { readonly scale: number; readonly size: ImageSize },
): Promise<RawImage> {
  const left = Math.min(Math.round(crop.x * scale), whole.info.width - width);
  const top = Math.min(Math.round(crop.y * scale), whole.info.height - height);
  return rawOf(sharp(whole.data, { raw: whole.info }).extract({ left, top, width, height }));
}

async function rawOf(image: Sharp): Promise<RawImage> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: info.channels } };
}
