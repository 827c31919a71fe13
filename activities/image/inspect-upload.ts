import { UPLOAD_MAX_BYTES, UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import { MAX_PIXELS, openImage } from './open-image.ts';
import { type ImageFormat, MIME_TYPES, sniffFormat } from './image-format.ts';

export type UploadFault =
  | 'too_large'
  | 'empty'
  | 'unsupported'
  | 'too_many_pixels'
  | 'too_small'
  | 'too_slow'
  | 'corrupt';

/** A rejected upload. The message is shown to users. */
export class UploadRejected extends Error {
  override readonly name = 'UploadRejected';
  readonly fault: UploadFault;

  constructor(fault: UploadFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

export interface UploadFacts {
  readonly format: ImageFormat;
  readonly mimeType: string;
  /** After applying the camera's rotation. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Checks an upload's size, format and dimensions by its header. `sanitizeUpload` decodes the rest and may still find it corrupt.
 *
 * @throws UploadRejected
 */
export async function inspectUpload(bytes: Buffer): Promise<UploadFacts> {
  if (bytes.length > UPLOAD_MAX_BYTES) {
    throw new UploadRejected('too_large', `The file is larger than ${UPLOAD_MAX_BYTES / 1024 / 1024} MB.`);
  }
  if (bytes.length === 0) throw new UploadRejected('empty', 'The file is empty.');
  const format = sniffFormat(bytes);
  const source = openImage(bytes);
  if (format === undefined || source === undefined) {
    throw new UploadRejected('unsupported', 'The file is not a JPEG, PNG or WebP image.');
  }
  const { width, height } = await source.metadata().then(
    ({ autoOrient }) => autoOrient,
    (cause: unknown) => {
      if (isPixelLimit(cause)) throw tooManyPixels();
      throw new UploadRejected('corrupt', 'The image is damaged.', cause);
    },
  );
  if (width * height > MAX_PIXELS) throw tooManyPixels();
  if (Math.min(width, height) < UPLOAD_MIN_SIDE_PX) {
    throw new UploadRejected('too_small', `The shorter side needs at least ${UPLOAD_MIN_SIDE_PX} pixels.`);
  }
  return { format, mimeType: MIME_TYPES[format], widthPx: width, heightPx: height };
}

function isPixelLimit(cause: unknown): boolean {
  return cause instanceof Error && /pixel limit/i.test(cause.message);
}

function tooManyPixels(): UploadRejected {
  return new UploadRejected('too_many_pixels', `The image has more than ${MAX_PIXELS / 1_000_000} million pixels.`);
}
