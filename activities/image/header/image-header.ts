import { type UploadFormat, uploadFormatOf } from '#domain/generation/upload-format.ts';
import { type AvifHeader, readAvifHeader } from './avif-header.ts';
import type { ColorCoding } from './color-coding.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-header.ts';
import { type PngHeader, readPngHeader } from './png-header.ts';
import { readWebpHeader, type WebpHeader } from './webp-header.ts';

/** What is known about an image before it is decoded, besides its size. */
export type ImageHeader = AvifHeader | JpegHeader | PngHeader | WebpHeader;

/**
 * Scans of a JPEG: decoding takes time for each, whatever the file's size. Programs write up to about 20; 2,647 scans in 257 KB took
 * 12 seconds.
 */
const SCANS_MAX = 100;

const READERS: Readonly<Record<UploadFormat, (bytes: Buffer) => ImageHeader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  avif: readAvifHeader,
};

/** @returns undefined when the bytes are not JPEG, PNG, WebP or AVIF by content */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  const format = uploadFormatOf(bytes);
  return format && READERS[format](bytes);
}

/** Whether the EXIF orientation counts: browsers show a WebP as it is stored. */
export function hasOrientation(header: ImageHeader): boolean {
  return header.format !== 'webp';
}

export function hasTooManyScans(header: ImageHeader): boolean {
  return header.format === 'jpeg' && header.scans > SCANS_MAX;
}

export function framesOf(header: ImageHeader): number {
  return header.format === 'webp' ? header.frames : 1;
}

/** Whether the image moves, also when only its first frame can be decoded. */
export function isAnimated(header: ImageHeader): boolean {
  return header.format !== 'jpeg' && (header.format === 'webp' ? header.frames > 1 : header.isAnimated);
}

/** Undefined for sRGB and for an image with an ICC profile. */
export function colorOf(header: ImageHeader): ColorCoding | undefined {
  return header.format === 'png' || header.format === 'avif' ? header.color : undefined;
}
