import type { Sharp } from 'sharp';
import { openImage, PUBLISHED_SIDE_MAX_PX } from './open-image.ts';
import { inspectUpload, UploadRejected } from './inspect-upload.ts';

/** The most expensive allowed image takes two seconds on an idle core; anything slower was crafted to be. */
const DECODE_TIMEOUT_SECONDS = 30;
/** Fast: the bytes stay in the bucket for a second and are read once. */
const LOSSLESS_COMPRESSION = 1;
const REFERENCE_QUALITY = 90;
const REFERENCE_EFFORT = 2;

/** `lossless`: a PNG, which is encoded once more as an avatar. `reference`: a WebP, which is stored and sent to providers. */
export type UploadForm = 'lossless' | 'reference';

export interface SanitizedUpload {
  /** Encoded by us: upright, 8-bit sRGB, at most 2048 px, first frame only, without metadata. */
  readonly bytes: Buffer;
  readonly mimeType: 'image/png' | 'image/webp';
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Decodes an uploaded file completely and re-encodes it. Only the result is used further: it has no metadata, no second format
 * hidden behind the first, and nothing that only another decoder would interpret.
 *
 * @throws UploadRejected
 */
export async function sanitizeUpload(bytes: Buffer, form: UploadForm): Promise<SanitizedUpload> {
  await inspectUpload(bytes);
  const source = openImage(bytes);
  if (source === undefined) throw new UploadRejected('unsupported', 'The file is not a JPEG, PNG or WebP image.');
  const upright = source
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .resize(PUBLISHED_SIDE_MAX_PX, PUBLISHED_SIDE_MAX_PX, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  try {
    const { data, info } = await encode(upright, form).toBuffer({ resolveWithObject: true });
    const mimeType = form === 'lossless' ? 'image/png' : 'image/webp';
    return { bytes: data, mimeType, widthPx: info.width, heightPx: info.height };
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith('timeout')) {
      throw new UploadRejected('too_slow', 'The image takes too long to decode.', cause);
    }
    throw new UploadRejected('corrupt', 'The image is damaged.', cause);
  }
}

function encode(image: Sharp, form: UploadForm): Sharp {
  return form === 'lossless'
    ? image.png({ compressionLevel: LOSSLESS_COMPRESSION })
    : image.webp({ quality: REFERENCE_QUALITY, effort: REFERENCE_EFFORT });
}
