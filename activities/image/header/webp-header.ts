/** What a WebP's chunks say before it is decoded. */
export interface WebpHeader {
  readonly format: 'webp';
  /** 1 for a still image. */
  readonly frames: number;
}

const FIRST_CHUNK = 12;
const CHUNK_HEADER = 8;

/** Counts the frames, in time proportional to their number. */
export function readWebpHeader(bytes: Buffer): WebpHeader {
  let frames = 0;
  for (let at = FIRST_CHUNK; at + CHUNK_HEADER <= bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames += 1;
    const size = bytes.readUInt32LE(at + 4);
    at += CHUNK_HEADER + size + (size % 2);
  }
  return { format: 'webp', frames: Math.max(1, frames) };
}
