import { type ImageKind, imageKindOf } from './image-kind.ts';

/** The formats that an upload may have: what every chooser offers, and what the API accepts. */
export const UPLOAD_FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

interface FormatFacts {
  readonly name: string;
  readonly mimeType: string;
  readonly extensions: readonly string[];
  /**
   * Pixels that are refused by the header. JPEG and WebP are scaled down while they are decoded; PNG and AVIF have to be decoded whole.
   * A little more than {@link FormatFacts.megapixels}: what cameras call 24 or 50 megapixels is 24.5 or 50.2 million.
   */
  readonly maxPixels: number;
  /** The limit as users read it. */
  readonly megapixels: number;
}

export const FORMAT_FACTS: Readonly<Record<UploadFormat, FormatFacts>> = {
  jpeg: { name: 'JPEG', mimeType: 'image/jpeg', extensions: ['.jpg', '.jpeg'], maxPixels: 51_000_000, megapixels: 50 },
  png: { name: 'PNG', mimeType: 'image/png', extensions: ['.png'], maxPixels: 24_500_000, megapixels: 24 },
  webp: { name: 'WebP', mimeType: 'image/webp', extensions: ['.webp'], maxPixels: 51_000_000, megapixels: 50 },
  avif: { name: 'AVIF', mimeType: 'image/avif', extensions: ['.avif'], maxPixels: 24_500_000, megapixels: 24 },
};

export const UPLOAD_MIME_TYPES = UPLOAD_FORMATS.map((format) => FORMAT_FACTS[format].mimeType);
/** For `accept` of a file chooser. */
export const UPLOAD_ACCEPT = [
  ...UPLOAD_MIME_TYPES,
  ...UPLOAD_FORMATS.flatMap((format) => FORMAT_FACTS[format].extensions),
].join(',');
/** "JPEG, PNG, WebP or AVIF" */
export const UPLOAD_FORMAT_NAMES = UPLOAD_FORMATS.map((format) => FORMAT_FACTS[format].name)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ');

/** Detects the format by content. @returns undefined for anything that can't be uploaded */
export function uploadFormatOf(bytes: Uint8Array): UploadFormat | undefined {
  const kind = imageKindOf(bytes);
  return UPLOAD_FORMATS.find((format) => format === kind);
}

const EXPORT = 'Export it as a JPEG or PNG and try again.';
const REFUSALS: Readonly<Record<Exclude<ImageKind, UploadFormat>, string>> = {
  heic: 'This is a HEIC photo. Export it as a JPEG and try again.',
  gif: 'This is a GIF. Save the image that you want from it as a PNG or JPEG and try again.',
  svg: 'This is an SVG drawing. Export it as a PNG and try again.',
  bmp: `This is a BMP image. ${EXPORT}`,
  tiff: `This is a TIFF image or a camera’s raw file. ${EXPORT}`,
  jxl: `This is a JPEG XL image. ${EXPORT}`,
  jp2: `This is a JPEG 2000 image. ${EXPORT}`,
  psd: `This is a Photoshop document. ${EXPORT}`,
  ico: `This is an icon file. ${EXPORT}`,
  pdf: 'This is a PDF document. Save the image in it as a PNG or JPEG and try again.',
  video: 'This is a video. Save the frame that you want from it as a PNG or JPEG and try again.',
};

/** Why a file can't be uploaded, by its real kind, and what to do; undefined for one that may be. */
export function formatRefusal(bytes: Uint8Array): string | undefined {
  const kind = imageKindOf(bytes);
  if (kind === undefined) return `This file is not a ${UPLOAD_FORMAT_NAMES} image.`;
  return isUploadFormat(kind) ? undefined : REFUSALS[kind];
}

function isUploadFormat(kind: ImageKind): kind is UploadFormat {
  return UPLOAD_FORMATS.some((format) => format === kind);
}
