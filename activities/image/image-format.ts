export type ImageFormat = 'jpeg' | 'png' | 'webp';

export const MIME_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_SIGNATURE = Buffer.from([0xff, 0xd8, 0xff]);
const WEBP_MARK_OFFSET_BYTES = 8;

/**
 * Detects the format by the first bytes, as decoders do. File names and Content-Type are only a client's claim.
 *
 * @returns undefined for anything but JPEG, PNG and WebP
 */
export function sniffFormat(bytes: Buffer): ImageFormat | undefined {
  if (startsWith(bytes, PNG_SIGNATURE)) return 'png';
  if (startsWith(bytes, JPEG_SIGNATURE)) return 'jpeg';
  const riff = bytes.toString('latin1', 0, 4);
  const mark = bytes.toString('latin1', WEBP_MARK_OFFSET_BYTES, WEBP_MARK_OFFSET_BYTES + 4);
  return riff === 'RIFF' && mark === 'WEBP' ? 'webp' : undefined;
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}
