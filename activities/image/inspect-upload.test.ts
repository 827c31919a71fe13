import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { UPLOAD_MAX_BYTES } from '#domain/generation/upload.ts';
import { inspectUpload, UploadRejected } from './inspect-upload.ts';

function blank(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#884422' } });
}

async function faultOf(bytes: Buffer): Promise<string> {
  const error: unknown = await inspectUpload(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UploadRejected)) throw new Error('It should have been refused', { cause: error });
  return error.fault;
}

describe('inspectUpload', () => {
  it.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/webp'],
  ] as const)('accepts %s', async (format, mimeType) => {
    const bytes = await blank(300, 256).toFormat(format).toBuffer();
    expect(await inspectUpload(bytes)).toEqual({ format, mimeType, widthPx: 300, heightPx: 256 });
  });

  it('measures the image after applying the camera’s rotation', async () => {
    const bytes = await blank(640, 480).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    expect(await inspectUpload(bytes)).toMatchObject({ widthPx: 480, heightPx: 640 });
  });
});

describe('inspectUpload, refusing', () => {
  it('refuses a file larger than 10 MB', async () => {
    expect(await faultOf(Buffer.alloc(UPLOAD_MAX_BYTES + 1))).toBe('too_large');
  });

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['GIF', Buffer.from('GIF89a')],
  ])('refuses %s as unsupported', async (_, bytes) => {
    expect(await faultOf(bytes)).toBe('unsupported');
  });

  it('refuses an empty file', async () => {
    expect(await faultOf(Buffer.alloc(0))).toBe('empty');
  });

  it('refuses more than 24 million pixels', async () => {
    expect(await faultOf(await blank(6000, 4001).png().toBuffer())).toBe('too_many_pixels');
    expect(await inspectUpload(await blank(6000, 4000).png().toBuffer())).toMatchObject({ widthPx: 6000 });
  });

  it('refuses a shorter side below 256 pixels', async () => {
    expect(await faultOf(await blank(1000, 255).png().toBuffer())).toBe('too_small');
  });

  it('refuses a damaged header', async () => {
    const bytes = await blank(300, 300).png().toBuffer();
    expect(await faultOf(bytes.subarray(0, 20))).toBe('corrupt');
  });
});
