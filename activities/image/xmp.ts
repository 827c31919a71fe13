import type { Provenance } from '#domain/avatar/provenance.ts';
import { imageKindOf } from '#domain/generation/image-kind.ts';

/** The XMP packet with which a generated image states its origin. The same provenance gives the same bytes. */
export function xmpOf({ digitalSourceType, creatorTool, createdAt }: Provenance): string {
  const date = createdAt.toISOString().replace(/\.\d+Z$/, 'Z');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>${digitalSourceType}</Iptc4xmpExt:DigitalSourceType>
<xmp:CreatorTool>${escaped(creatorTool)}</xmp:CreatorTool>
<xmp:CreateDate>${date}</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

interface Chunk {
  /** Four characters. */
  readonly name: string;
  readonly data: Buffer;
}

/** Flags of the chunk VP8X. */
const HAS_ALPHA = 0x10;
const HAS_XMP = 0x04;
const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/**
 * Adds the packet to a WebP file without encoding the image again. A file that has a packet keeps it; bytes that are no WebP stay as
 * they are.
 */
export function addXmp(webp: Buffer, packet: string): Buffer {
  if (imageKindOf(webp) !== 'webp') return webp;
  const chunks = chunksOf(webp);
  if (chunks.some(({ name }) => name === 'XMP ')) return webp;
  const header = headerOf(chunks);
  if (!header) return webp;
  const rest = chunks.filter(({ name }) => name !== 'VP8X');
  return fileOf([header, ...rest, { name: 'XMP ', data: Buffer.from(packet) }]);
}

function chunksOf(webp: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = RIFF_HEADER_BYTES; at + CHUNK_HEADER_BYTES <= webp.length;) {
    const size = webp.readUInt32LE(at + 4);
    const start = at + CHUNK_HEADER_BYTES;
    chunks.push({ name: webp.toString('latin1', at, at + 4), data: webp.subarray(start, start + size) });
    at = start + size + (size % 2);
  }
  return chunks;
}

/** The chunk VP8X, which a file with metadata begins with. Undefined for a damaged file. */
function headerOf([first]: readonly Chunk[]): Chunk | undefined {
  if (first === undefined || first.data.length < 10) return undefined;
  const data = Buffer.alloc(10);
  if (first.name === 'VP8X') first.data.copy(data);
  else if (first.name === 'VP8 ')
    writeSize(data, (first.data.readUInt16LE(6) & 0x3fff) - 1, (first.data.readUInt16LE(8) & 0x3fff) - 1);
  else if (first.name === 'VP8L') {
    const bits = first.data.readUInt32LE(1);
    writeSize(data, bits & 0x3fff, (bits >>> 14) & 0x3fff);
    if ((bits >>> 28) & 1) data[0] = HAS_ALPHA;
  } else return undefined;
  data[0] = data[0]! | HAS_XMP;
  return { name: 'VP8X', data };
}

/** Width and height minus one, 24 bits each. */
function writeSize(header: Buffer, width: number, height: number): void {
  header.writeUIntLE(width, 4, 3);
  header.writeUIntLE(height, 7, 3);
}

function fileOf(chunks: readonly Chunk[]): Buffer {
  const parts = chunks.flatMap(({ name, data }) => {
    const header = Buffer.alloc(CHUNK_HEADER_BYTES);
    header.write(name, 'latin1');
    header.writeUInt32LE(data.length, 4);
    return [header, data, Buffer.alloc(data.length % 2)];
  });
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const riff = Buffer.alloc(CHUNK_HEADER_BYTES);
  riff.write('RIFF', 'latin1');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}
