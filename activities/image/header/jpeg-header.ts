/** What the structure of a JPEG says before it is decoded. */
export interface JpegHeader {
  readonly format: 'jpeg';
  readonly scans: number;
  /** Whether the image ends with its marker; many programs cut it off. */
  readonly hasEnd: boolean;
  /** Where the image ends. Other images and camera data may follow. */
  readonly end: number;
  /** Where the coded data of each scan ends. */
  readonly scanEnds: readonly number[];
}

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const END = Buffer.from([MARKER, END_OF_IMAGE]);
/** Bytes that are pixels wherever a decoder still expects some, without the byte ff. */
const NOISE = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 73 + (index >> 3) * 151) % 251));
/** Between the restart markers, one of which a decoder may be waiting for. */
const FILLER = Buffer.concat([
  NOISE,
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((n) => [Buffer.from([MARKER, 0xd0 + n]), NOISE]),
]);

/** Reads a JPEG's segments up to the end of its first image, in time proportional to its bytes. */
export function readJpegHeader(bytes: Buffer): JpegHeader {
  const scanEnds: number[] = [];
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === undefined) break;
    if (marker.code === END_OF_IMAGE) return header(scanEnds, marker.end, true);
    const end = segmentEnd(bytes, marker);
    if (end === undefined) break;
    at = end;
    if (marker.code !== START_OF_SCAN) continue;
    at = codedDataEnd(bytes, at);
    scanEnds.push(at);
  }
  return header(scanEnds, scanEnds.at(-1) ?? bytes.length, false);
}

/** The image with its end marker and nothing after it. */
export function wholeJpeg(bytes: Buffer, { hasEnd, end }: JpegHeader): Buffer {
  const image = bytes.subarray(0, end);
  return hasEnd ? image : Buffer.concat([image, END]);
}

/** The same image with other data after each scan: it has the same pixels if, and only if, no scan lacks any. */
export function withFiller(bytes: Buffer, jpeg: JpegHeader): Buffer {
  const whole = wholeJpeg(bytes, jpeg);
  const cuts = [0, ...jpeg.scanEnds];
  const parts = jpeg.scanEnds.flatMap((end, scan) => [whole.subarray(cuts[scan], end), FILLER]);
  return Buffer.concat([...parts, whole.subarray(cuts.at(-1))]);
}

function header(scanEnds: readonly number[], end: number, hasEnd: boolean): JpegHeader {
  return { format: 'jpeg', scans: scanEnds.length, hasEnd, end, scanEnds };
}

interface Marker {
  readonly code: number;
  readonly end: number;
}

/** A marker may be preceded by any number of fill bytes. */
function markerAt(bytes: Buffer, at: number): Marker | undefined {
  let next = at;
  if (bytes[next] !== MARKER) return undefined;
  while (bytes[next] === MARKER) next += 1;
  const code = bytes[next];
  return code === undefined || code === 0 ? undefined : { code, end: next + 1 };
}

/** Undefined when the segment is cut off. */
function segmentEnd(bytes: Buffer, { end }: Marker): number | undefined {
  if (end + 2 > bytes.length) return undefined;
  const length = bytes.readUInt16BE(end);
  return length < 2 || end + length > bytes.length ? undefined : end + length;
}

/** Coded data contains `ff 00` for a byte ff, and restart markers. */
function codedDataEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return at;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
