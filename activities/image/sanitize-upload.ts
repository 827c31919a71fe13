import sharp, { type Sharp } from 'sharp';
import {
  type ImageCrop,
  type ImageSize,
  PUBLISHED_SIDE_MAX_PX,
  publishedSize,
} from '#domain/generation/image-shape.ts';
import type { UploadFormat } from '#domain/generation/upload-format.ts';
import { decodeUpload } from './decode-upload.ts';
import { isAnimated } from './header/image-header.ts';
import { inspectUpload } from './inspect-upload.ts';
import { assertVisible, visibleFrame } from './visible-frame.ts';
import type { RawImage } from './raw-image.ts';

/** Fast: the bytes stay in the bucket for a second and are read once. */
const LOSSLESS_COMPRESSION = 1;
const REFERENCE_QUALITY = 90;
const REFERENCE_EFFORT = 2;
/** Large enough to recognize what was understood, small enough to be part of a JSON response. */
const PREVIEW_SIDE_PX = 320;
const PREVIEW_QUALITY = 75;

/** `lossless`: a PNG, which is encoded once more as an avatar. `reference`: a WebP, which is stored and sent to providers. */
export type UploadForm = 'lossless' | 'reference';

export interface SanitizedUpload {
  /** Encoded by us: upright, 8-bit sRGB, at most 2048 px, one frame only, without metadata. */
  readonly bytes: Buffer;
  readonly mimeType: 'image/png' | 'image/webp';
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What was understood of an upload. */
export interface UploadInspection {
  readonly format: UploadFormat;
  /** Upright. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The EXIF orientation that is applied, 1 to 8. */
  readonly orientation: number;
  readonly isAnimated: boolean;
  /** The size at which it, or the part of it, would be published. */
  readonly result: ImageSize;
  /** A small WebP of the whole image, as it was understood. */
  readonly preview: Buffer;
}

/**
 * Decodes the kept part of an uploaded file completely and re-encodes it. Only the result is used further: it has no metadata, no
 * second format hidden behind the first, and nothing that only another decoder would interpret.
 *
 * @throws UploadRejected
 */
export async function sanitizeUpload(bytes: Buffer, form: UploadForm, crop?: ImageCrop): Promise<SanitizedUpload> {
  const facts = await inspectUpload(bytes, crop);
  const frame = await visibleFrame(bytes, facts);
  const raw = await decodeUpload(bytes, facts, { crop, frame, maxSidePx: PUBLISHED_SIDE_MAX_PX });
  await assertVisible(raw, facts);
  const { width: widthPx, height: heightPx } = raw.info;
  const mimeType = form === 'lossless' ? 'image/png' : 'image/webp';
  return { bytes: await encode(imageOf(raw), form).toBuffer(), mimeType, widthPx, heightPx };
}

/** Says what {@link sanitizeUpload} would understand, or refuses what it would. @throws UploadRejected */
export async function previewUpload(bytes: Buffer, crop?: ImageCrop): Promise<UploadInspection> {
  const facts = await inspectUpload(bytes, crop);
  const { header, widthPx, heightPx, orientation } = facts;
  const frame = await visibleFrame(bytes, facts);
  const raw = await decodeUpload(bytes, facts, { crop: undefined, frame, maxSidePx: PREVIEW_SIDE_PX });
  await assertVisible(raw, facts);
  return {
    format: header.format,
    widthPx,
    heightPx,
    orientation,
    isAnimated: isAnimated(header),
    result: publishedSize(crop ?? { width: widthPx, height: heightPx }),
    preview: await imageOf(raw).webp({ quality: PREVIEW_QUALITY }).toBuffer(),
  };
}

function imageOf({ data, info }: RawImage): Sharp {
  return sharp(data, { raw: info });
}

function encode(image: Sharp, form: UploadForm): Sharp {
  return form === 'lossless'
    ? image.png({ compressionLevel: LOSSLESS_COMPRESSION })
    : image.webp({ quality: REFERENCE_QUALITY, effort: REFERENCE_EFFORT });
}
