import type { Chromaticities, ColorCoding } from './color-coding.ts';

/** What a PNG's chunks say before it is decoded. */
export interface PngHeader {
  readonly format: 'png';
  readonly isAnimated: boolean;
  /** Undefined for sRGB and for an image with an ICC profile. */
  readonly color: ColorCoding | undefined;
}

const FIRST_CHUNK = 8;
const CHUNK_OVERHEAD = 12;
const FIXED_POINT = 100_000;

/** Reads the chunks before the pixels. */
export function readPngHeader(bytes: Buffer): PngHeader {
  const chunks = chunksOf(bytes);
  return { format: 'png', isAnimated: chunks.has('acTL'), color: colorOf(chunks) };
}

function chunksOf(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = FIRST_CHUNK; at + CHUNK_OVERHEAD <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT' || name === 'IEND') break;
    if (!chunks.has(name)) chunks.set(name, bytes.subarray(at + 8, at + 8 + length));
    at += length + CHUNK_OVERHEAD;
  }
  return chunks;
}

/** In the order of precedence of the PNG standard. */
function colorOf(chunks: ReadonlyMap<string, Buffer>): ColorCoding | undefined {
  const codePoints = chunks.get('cICP');
  if (codePoints && codePoints.length >= 4) {
    return { kind: 'code points', primaries: codePoints[0]!, transfer: codePoints[1]! };
  }
  if (chunks.has('iCCP') || chunks.has('sRGB')) return undefined;
  const gamma = fixedPoints(chunks.get('gAMA'), 1)?.[0];
  // Gamma 0 has no meaning; the standard tells decoders to ignore it.
  if (!gamma) return undefined;
  return { kind: 'gamma', gamma, primaries: chromaticitiesOf(chunks.get('cHRM')) };
}

function chromaticitiesOf(data: Buffer | undefined): Chromaticities | undefined {
  const points = fixedPoints(data, 8);
  if (!points || points.some((point) => point <= 0 || point > 1)) return undefined;
  const [whiteX = 0, whiteY = 0, redX = 0, redY = 0, greenX = 0, greenY = 0, blueX = 0, blueY = 0] = points;
  return { white: [whiteX, whiteY], red: [redX, redY], green: [greenX, greenY], blue: [blueX, blueY] };
}

function fixedPoints(data: Buffer | undefined, count: number): number[] | undefined {
  if (data === undefined || data.length < count * 4) return undefined;
  return Array.from({ length: count }, (_, index) => data.readUInt32BE(index * 4) / FIXED_POINT);
}
