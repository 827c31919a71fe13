import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeImage } from './encode-image.ts';
import { UploadRejected } from './inspect-upload.ts';
import { sanitizeUpload } from './sanitize-upload.ts';

const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;

function photo(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#000', noise } });
}

describe('sanitizeUpload', () => {
  it('changes no pixel of the avatar that is encoded from it', async () => {
    const file = await photo(2500, 1500).jpeg({ quality: 90 }).withMetadata({ orientation: 6 }).toBuffer();
    const { bytes, mimeType, widthPx, heightPx } = await sanitizeUpload(file, 'lossless');
    expect([mimeType, widthPx, heightPx]).toEqual(['image/png', 1229, 2048]);
    expect(await encodeImage(bytes)).toEqual(await encodeImage(file));
  });

  it('makes a reference image small enough to send to providers', async () => {
    const file = await photo(4000, 3000).blur(3).jpeg().toBuffer();
    const { bytes, mimeType } = await sanitizeUpload(file, 'reference');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 2048, height: 1536 });
    expect(mimeType).toBe('image/webp');
    expect(bytes.length).toBeLessThan(1_000_000);
  });

  it('refuses a file of which only the header is intact', async () => {
    const file = await photo(400, 400).png().toBuffer();
    await expect(sanitizeUpload(file.subarray(0, file.length / 2), 'lossless')).rejects.toMatchObject({
      name: UploadRejected.name,
      fault: 'corrupt',
    });
  });
});
