import sharp from 'sharp';
import { expect, it } from 'vitest';
import { addXmp } from '#activities/image/xmp.ts';
import { encodedFileSha256 } from './image-file.ts';

const PACKET = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>';

it.each([
  ['opaque', 3],
  ['transparent', 4],
] as const)('finds the hash of a %s image as it was before its origin was added', async (_name, channels) => {
  const create = { width: 30, height: 20, channels, background: { r: 9, g: 90, b: 200, alpha: 0.5 } };
  const encoded = await sharp({ create }).webp({ quality: 90 }).toBuffer();
  const marked = addXmp(encoded, PACKET);
  expect(marked.length).toBeGreaterThan(encoded.length);
  expect(encodedFileSha256(marked)).toBe(encodedFileSha256(encoded));
  const damaged = Buffer.from(marked);
  damaged[60]! ^= 1;
  expect(encodedFileSha256(damaged)).not.toBe(encodedFileSha256(encoded));
});
