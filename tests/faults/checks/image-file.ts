import { createHash } from 'node:crypto';

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const XMP_FLAG = 0x04;

/** The hash, hex, of a WebP file as it was encoded, before its origin was added as XMP. */
export function encodedFileSha256(webp: Buffer): string {
  return createHash('sha256').update(withoutXmp(webp)).digest('hex');
}

function withoutXmp(webp: Buffer): Buffer {
  const chunks = chunksOf(webp).filter(({ name }) => name !== 'XMP ');
  const [header, ...rest] = chunks;
  if (header?.name !== 'VP8X') return webp;
  const flags = header.bytes[CHUNK_HEADER_BYTES]! & ~XMP_FLAG;
  // The header was added together with the packet, unless the file had other features that need one.
  const remaining = flags === 0 ? rest : [{ ...header, bytes: withFlags(header.bytes, flags) }, ...rest];
  const body = Buffer.concat(remaining.map(({ bytes }) => bytes));
  const file = Buffer.concat([Buffer.from('RIFF0000WEBP'), body]);
  file.writeUInt32LE(file.length - CHUNK_HEADER_BYTES, 4);
  return file;
}

function withFlags(header: Buffer, flags: number): Buffer {
  const changed = Buffer.from(header);
  changed[CHUNK_HEADER_BYTES] = flags;
  return changed;
}

/** With their own headers and padding. */
function chunksOf(webp: Buffer): { name: string; bytes: Buffer }[] {
  const chunks = [];
  for (let at = RIFF_HEADER_BYTES; at + CHUNK_HEADER_BYTES <= webp.length;) {
    const size = webp.readUInt32LE(at + 4);
    const end = at + CHUNK_HEADER_BYTES + size + (size % 2);
    chunks.push({ name: webp.toString('latin1', at, at + 4), bytes: webp.subarray(at, end) });
    at = end;
  }
  return chunks;
}
