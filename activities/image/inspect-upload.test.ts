import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { jpegWithFalseHeader, pngWithFalseHeader } from '#tests/uploads/hostile-images.ts';
import { inspectUpload } from './inspect-upload.ts';
import { UploadRejected } from './upload-rejected.ts';

function blank(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#884422' } });
}

async function rejectionOf(bytes: Buffer): Promise<UploadRejected> {
  const error: unknown = await inspectUpload(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UploadRejected)) throw new Error('It should have been refused', { cause: error });
  return error;
}
const faultOf = async (bytes: Buffer) => (await rejectionOf(bytes)).fault;

describe('inspectUpload', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('accepts %s', async (format) => {
    const bytes = await blank(300, 256).toFormat(format).toBuffer();
    expect(await inspectUpload(bytes)).toMatchObject({ header: { format }, widthPx: 300, heightPx: 256 });
  });

  it('measures the image after applying the camera’s rotation', async () => {
    const bytes = await blank(640, 480).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect(await inspectUpload(bytes)).toMatchObject({ widthPx: 480, heightPx: 640, orientation: 8 });
  });

  it.each([
    [5712, 4284],
    [6016, 4016],
    [8192, 6144],
  ])('accepts what cameras write: %i x %i', async (width, height) => {
    const bytes = await jpegWithFalseHeader(height, width);
    expect(await inspectUpload(bytes)).toMatchObject({ widthPx: width, heightPx: height });
  });
});

describe('inspectUpload, refusing', () => {
  it('refuses a file larger than 10 MB', async () => {
    expect(await faultOf(Buffer.alloc(UPLOAD_MAX_BYTES + 1))).toBe('too_large');
  });

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>'), /^This is an SVG/],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), /^This file is not a JPEG, PNG, WebP or AVIF/],
    ['GIF', Buffer.from('GIF89a'), /^This is a GIF/],
  ])('refuses %s as unsupported, by its real kind', async (_, bytes, message) => {
    expect(await rejectionOf(bytes)).toMatchObject({ fault: 'unsupported', message: expect.stringMatching(message) });
  });

  it('refuses an empty file', async () => {
    expect(await faultOf(Buffer.alloc(0))).toBe('empty');
  });

  it('refuses more pixels than its format may have, by the header, in the user’s words', async () => {
    expect(await rejectionOf(await pngWithFalseHeader(6000, 5000))).toMatchObject({
      fault: 'too_many_pixels',
      message: expect.stringContaining('6000 × 5000 px. PNG images may have at most 24 megapixels'),
    });
    expect(await faultOf(await jpegWithFalseHeader(6000, 8700))).toBe('too_many_pixels');
  });

  it.each([
    ['a shorter side below 256 pixels', 1000, 255],
    ['a line', 256, 9300],
    ['a strip', 1600, 256],
  ])('refuses %s', async (_, width, height) => {
    expect(await faultOf(await blank(width, height).png().toBuffer())).toBe('bad_shape');
  });

  it('refuses a damaged header', async () => {
    const bytes = await blank(300, 300).png().toBuffer();
    expect(await faultOf(bytes.subarray(0, 20))).toBe('corrupt');
  });
});
