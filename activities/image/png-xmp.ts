import { crc32 } from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** The length, the type and the checksum of a chunk, 4 bytes each. */
const CHUNK_FRAME_BYTES = 12;
/** Keyword; not compressed; neither a language nor a translated keyword. */
const XMP_CHUNK_START = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0');

/**
 * Adds the packet to a PNG that sharp has written. libvips itself would write it as compressed Latin-1 (zTXt), where readers of XMP
 * look for plain UTF-8 (iTXt).
 */
export function addPngXmp(png: Buffer, packet: string): Buffer {
  const afterHeader = SIGNATURE_BYTES + png.readUInt32BE(SIGNATURE_BYTES) + CHUNK_FRAME_BYTES;
  const body = Buffer.concat([Buffer.from('iTXt'), XMP_CHUNK_START, Buffer.from(packet)]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, afterHeader), length, body, checksum, png.subarray(afterHeader)]);
}
