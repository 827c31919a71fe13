import type { ColorCoding } from './color-coding.ts';

/** What an AVIF's boxes say before it is decoded. */
export interface AvifHeader {
  readonly format: 'avif';
  readonly isAnimated: boolean;
  /** Undefined for sRGB and for an image with an ICC profile. */
  readonly color: ColorCoding | undefined;
}

/** The metadata comes first and is short; what follows are coded pixels. */
const METADATA_MAX_BYTES = 64 * 1024;
const SEQUENCE_BRAND = 'avis';
const COLOR_BOX = Buffer.from('colr');
/** The meanings "unspecified". */
const UNSPECIFIED = 2;
/** In an AVIF, browsers take the curves of television for that of sRGB. */
const TELEVISION = new Set([1, 6, 14, 15]);
const SRGB = 13;

/** Reads the brand and the color boxes. */
export function readAvifHeader(bytes: Buffer): AvifHeader {
  const isAnimated = bytes.toString('latin1', 8, 12) === SEQUENCE_BRAND;
  return { format: 'avif', isAnimated, color: colorOf(bytes.subarray(0, METADATA_MAX_BYTES)) };
}

function colorOf(metadata: Buffer): ColorCoding | undefined {
  let color: ColorCoding | undefined;
  for (let at = metadata.indexOf(COLOR_BOX); at !== -1; at = metadata.indexOf(COLOR_BOX, at + 4)) {
    if (at + 12 > metadata.length) break;
    const type = metadata.toString('latin1', at + 4, at + 8);
    if (type === 'prof' || type === 'rICC') return undefined;
    if (type !== 'nclx') continue;
    const [primaries, coded] = [metadata.readUInt16BE(at + 8), metadata.readUInt16BE(at + 10)];
    const transfer = TELEVISION.has(coded) ? SRGB : coded;
    if (primaries !== UNSPECIFIED || transfer !== UNSPECIFIED) color ??= { kind: 'code points', primaries, transfer };
  }
  return color;
}
