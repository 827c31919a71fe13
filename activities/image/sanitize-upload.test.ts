import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  animatedPng,
  cutInHalf,
  fadesIn,
  gammaOf,
  jpegWithFalseHeader,
  manyScans,
  withChunk,
} from '#tests/uploads/hostile-images.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { corners, cornersOf, noise, UPRIGHT_CORNERS, withOrientation } from '#tests/uploads/images.ts';
import { encodeImage } from './encode-image.ts';
import { previewUpload, sanitizeUpload } from './sanitize-upload.ts';
import { UploadRejected } from './upload-rejected.ts';

const grain = { type: 'gaussian', mean: 128, sigma: 30 } as const;

function photo(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#000', noise: grain } });
}

async function faultOf(bytes: Buffer, crop?: Parameters<typeof sanitizeUpload>[2]): Promise<string> {
  const error: unknown = await sanitizeUpload(bytes, 'lossless', crop).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UploadRejected)) throw new Error('It should have been refused', { cause: error });
  return error.fault;
}

async function colorsOf(bytes: Buffer): Promise<number[][]> {
  return cornersOf((await sanitizeUpload(bytes, 'lossless')).bytes);
}

/** The largest difference of a level. */
function shiftOf(actual: number[][], expected: number[][] = UPRIGHT_CORNERS): number {
  const shifts = actual.flatMap((color, index) => color.map((part, at) => Math.abs(part - expected[index]![at]!)));
  return Math.max(...shifts);
}

describe('sanitizeUpload', () => {
  it('changes no pixel of the avatar that is encoded from it', async () => {
    const file = await photo(2500, 1500).jpeg({ quality: 90 }).withMetadata({ orientation: 6 }).toBuffer();
    const { bytes, mimeType, widthPx, heightPx } = await sanitizeUpload(file, 'lossless');
    expect([mimeType, widthPx, heightPx]).toEqual(['image/png', 1229, 2048]);
    expect(await encodeImage(bytes)).toEqual(await encodeImage(file));
  });

  it('makes a reference image small enough to send to providers', async () => {
    const file = await photo(2600, 1950).blur(3).jpeg().toBuffer();
    const { bytes, mimeType } = await sanitizeUpload(file, 'reference');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 2048, height: 1536 });
    expect(mimeType).toBe('image/webp');
    expect(bytes.length).toBeLessThan(1_000_000);
  });

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('accepts %s', async (format) => {
    const file = await sharp(await corners(400, 300))
      .toFormat(format, { quality: 95 })
      .toBuffer();
    expect(shiftOf(await colorsOf(file))).toBeLessThanOrEqual(25);
  });
});

describe('sanitizeUpload, a part', () => {
  it.each([1, 3, 6, 7])('of an image with EXIF orientation %i is a part of the upright image', async (orientation) => {
    const { bytes, widthPx, heightPx } = await sanitizeUpload(await withOrientation(orientation), 'lossless', {
      x: 80,
      y: 20,
      width: 320,
      height: 260,
    });
    expect([widthPx, heightPx]).toEqual([320, 260]);
    expect(shiftOf(await cornersOf(bytes))).toBeLessThanOrEqual(30);
  });

  it.each(rowsOf('matrices', [1, 6], (orientation) => orientation === 6))(
    'of a large image (orientation %i) is scaled down while it is decoded',
    async (orientation) => {
      const stored = orientation === 1 ? [6000, 4500] : [4500, 6000];
      const small = await sharp(await corners(60, 45))
        .rotate(orientation === 1 ? 0 : 270)
        .toBuffer();
      const file = await sharp(small)
        .resize(stored[0], stored[1], { kernel: 'nearest' })
        .jpeg()
        .withMetadata({ orientation })
        .toBuffer();
      expect(await sharp(file).metadata()).toMatchObject({ width: stored[0], height: stored[1] });
      const { bytes, widthPx } = await sanitizeUpload(file, 'lossless', { x: 750, y: 0, width: 4500, height: 4500 });
      expect(widthPx).toBe(2048);
      expect(shiftOf(await cornersOf(bytes))).toBeLessThanOrEqual(30);
    },
  );

  it('can’t reach beyond the image, nor be too small or too long', async () => {
    const file = await photo(1000, 600).jpeg().toBuffer();
    expect(await faultOf(file, { x: 500, y: 0, width: 501, height: 600 })).toBe('bad_crop');
    expect(await faultOf(file, { x: 0, y: 0, width: 255, height: 600 })).toBe('bad_shape');
    expect(await faultOf(await photo(3000, 600).jpeg().toBuffer(), { x: 0, y: 0, width: 3000, height: 300 })).toBe(
      'bad_shape',
    );
  });
});

describe('sanitizeUpload, a damaged file', () => {
  const trailer = Buffer.from(`\0\0\x30\x0aCamera_Trailer${'\x12\x34ftypmp42'.repeat(3000)}SEFT`, 'latin1');

  it.each([
    ['baseline', { progressive: false }],
    ['progressive', { progressive: true }],
    ['with restart markers', { progressive: false, restart: 4 }],
  ])('is accepted where only a JPEG’s end marker is missing: %s', async (_, options) => {
    const file = await sharp(await corners(400, 300))
      .jpeg({ quality: 95, ...options })
      .toBuffer();
    for (const cut of [file.subarray(0, -2), file.subarray(0, -1), Buffer.concat([file.subarray(0, -2), trailer])]) {
      expect(shiftOf(await colorsOf(cut))).toBeLessThanOrEqual(30);
    }
  });

  it.each([
    ['half a JPEG', () => cutInHalf('jpeg')],
    ['half a PNG', () => cutInHalf('png')],
    ['half a WebP', () => cutInHalf('webp')],
    ['half an AVIF', () => cutInHalf('avif')],
    ['half a JPEG with an end marker', async () => Buffer.concat([await cutInHalf('jpeg'), Buffer.from([0xff, 0xd9])])],
    ['a JPEG that lacks its last row', async () => (await noise(400, 400).jpeg().toBuffer()).subarray(0, -1000)],
    ['a JPEG whose header claims more rows than the data has', () => jpegWithFalseHeader(1_000)],
    ['a file of which only the header is intact', async () => (await photo(400, 400).png().toBuffer()).subarray(0, 60)],
  ])('is refused: %s', async (_, make) => {
    expect(await faultOf(await make())).toBe('corrupt');
  });

  it('is refused for more scans than decoding may take, before it is decoded', async () => {
    const file = await manyScans(2_647);
    expect(await faultOf(file)).toBe('too_expensive');
  });
});

describe('sanitizeUpload, a moving image', () => {
  it.each(['#00000000', '#000000'])('keeps a frame on which something is seen, after frames of %s', async (blank) => {
    expect(shiftOf(await colorsOf(await fadesIn(1, blank)))).toBeLessThanOrEqual(8);
    expect(shiftOf(await colorsOf(await fadesIn(4, blank)))).toBeLessThanOrEqual(8);
  });

  it('keeps its first frame if something is seen on it', async () => {
    expect(shiftOf(await colorsOf(await animatedPng()))).toBeLessThanOrEqual(8);
  });

  it('is refused where nothing is seen', async () => {
    const empty = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect(await faultOf(await animatedPng(empty))).toBe('nothing_visible');
    expect(await faultOf(empty)).toBe('nothing_visible');
  });
});

describe('sanitizeUpload, color', () => {
  const gray = (level: number) =>
    sharp({ create: { width: 300, height: 300, channels: 3, background: { r: level, g: level, b: level } } })
      .png()
      .toBuffer();

  it.each([
    ['linear light', 1, 188],
    ['the gamma of sRGB', 0.45455, 128],
    ['gamma 0, which is ignored', 0, 128],
    ['the gamma of old Macs', 0.55556, 145],
  ])('follows a PNG’s gamma: %s', async (_, gamma, level) => {
    const [[red = 0] = []] = await colorsOf(withChunk(await gray(128), 'gAMA', gammaOf(gamma)));
    expect(Math.abs(red - level)).toBeLessThanOrEqual(1);
  });

  it('follows a PNG’s code points for Display P3', async () => {
    const inP3 = await sharp(await corners(300, 300))
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { data, info } = await sharp(inP3, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
    const png = await sharp(data, { raw: info }).png().toBuffer();
    expect(shiftOf(await colorsOf(withChunk(png, 'cICP', Buffer.from([12, 13, 0, 1]))))).toBeLessThanOrEqual(4);
  });

  it.each([
    ['PQ', 16],
    ['HLG', 18],
  ])('refuses HDR in words: %s', async (_, transfer) => {
    const file = withChunk(await gray(128), 'cICP', Buffer.from([9, transfer, 0, 1]));
    await expect(sanitizeUpload(file, 'lossless')).rejects.toThrow(/^This is an HDR image/);
  });
});

describe('previewUpload', () => {
  it('says what would be understood', async () => {
    const file = await withOrientation(6);
    const found = await previewUpload(file, { x: 0, y: 0, width: 300, height: 300 });
    expect(found).toMatchObject({
      format: 'jpeg',
      widthPx: 400,
      heightPx: 300,
      orientation: 6,
      isAnimated: false,
      result: { width: 300, height: 300 },
    });
    expect(await sharp(found.preview).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 });
    expect(shiftOf(await cornersOf(found.preview))).toBeLessThanOrEqual(40);
  });

  it('refuses what would be refused', async () => {
    await expect(previewUpload(await cutInHalf('jpeg'))).rejects.toBeInstanceOf(UploadRejected);
  });
});
