import sharp, { type Sharp } from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { MAX_PIXELS } from './open-image.ts';
import { CorruptImage, encodeImage } from './encode-image.ts';

/** Red on the left, blue on the right, so that rotations and mirroring are visible. */
async function twoColors(width = 640, height = 480): Promise<Sharp> {
  const right = await sharp({ create: { width: width / 2, height, channels: 3, background: '#1030c0' } })
    .png()
    .toBuffer();
  const composed = sharp({ create: { width, height, channels: 3, background: '#c02010' } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
  return sharp(await composed.png().toBuffer());
}

async function pixel(image: Buffer, left: number, top: number): Promise<number[]> {
  const spot = await sharp(image).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...spot];
}

describe('encodeImage for print', () => {
  it('enlarges to print size with sharper edges than resizing alone', async () => {
    const small = await (await twoColors(512, 384)).png().toBuffer();
    const { image, widthPx, heightPx, thumbnail } = await encodeImage(small, { print: 'smooth' });
    expect([widthPx, heightPx]).toEqual([2048, 1536]);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 352 });
    const plain = await sharp(small).resize(2048, 1536, { kernel: 'lanczos3' }).webp({ quality: 90 }).toBuffer();
    expect(await steepness(image)).toBeGreaterThan(await steepness(plain));
  });

  it('preserves hard edges with `blocks`', async () => {
    const small = await (await twoColors(512, 384)).png().toBuffer();
    const { image } = await encodeImage(small, { print: 'blocks' });
    const smooth = await encodeImage(small, { print: 'smooth' });
    expect(await steepness(image)).toBeGreaterThan(await steepness(smooth.image));
  });

  it('gives print size for a large image too', async () => {
    const large = await (await twoColors(2400, 1200)).png().toBuffer();
    expect(await encodeImage(large, { print: 'smooth' })).toMatchObject({ widthPx: 2048, heightPx: 1024 });
  });
});

/** The largest step between two neighboring pixels in a row across the edge. */
async function steepness(image: Buffer): Promise<number> {
  const { data } = await sharp(image)
    .extract({ left: 924, top: 768, width: 200, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const reds = Array.from({ length: 200 }, (_, at) => data[at * 3]!);
  return Math.max(...reds.slice(1).map((red, at) => Math.abs(red - reds[at]!)));
}

describe('encodeImage', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'turns %s into a WebP of the same size, with a thumbnail and a placeholder',
    async (format) => {
      const bytes = await (await twoColors()).toFormat(format).toBuffer();
      const published = await encodeImage(bytes);
      expect(published).toMatchObject({ widthPx: 640, heightPx: 480 });
      expect(await sharp(published.image).metadata()).toMatchObject({
        format: 'webp',
        width: 640,
        height: 480,
        space: 'srgb',
      });
      expect(await sharp(published.thumbnail).metadata()).toMatchObject({ format: 'webp', width: 352, height: 264 });
      const hash = Buffer.from(published.thumbhash, 'base64');
      expect(thumbHashToApproximateAspectRatio(hash)).toBeCloseTo(4 / 3, 0);
      expect(published.sha256).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it('gives the same result for the same bytes', async () => {
    const bytes = await (await twoColors()).jpeg().toBuffer();
    expect(await encodeImage(bytes)).toEqual(await encodeImage(bytes));
  });

  it('rotates the image upright and removes its metadata', async () => {
    const bytes = await (
      await twoColors()
    )
      .withExif({ IFD0: { Copyright: 'Photographer', Make: 'Camera' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const published = await encodeImage(bytes);
    expect(published).toMatchObject({ widthPx: 480, heightPx: 640 });
    const metadata = await sharp(published.image).metadata();
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    // After a quarter turn clockwise, left is up.
    const [red = 0, , blue = 0] = await pixel(published.image, 240, 20);
    expect(red).toBeGreaterThan(blue);
  });

  it.each([
    ['CMYK', async () => (await twoColors()).toColourspace('cmyk').jpeg().toBuffer()],
    ['16 bits a channel', async () => (await twoColors()).toColourspace('rgb16').png().toBuffer()],
    ['grayscale', async () => (await twoColors()).grayscale().png().toBuffer()],
  ])('converts %s to 8-bit sRGB', async (_, make) => {
    const published = await encodeImage(await make());
    expect(await sharp(published.image).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 });
  });

  it('preserves transparency', async () => {
    const bytes = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect((await sharp((await encodeImage(bytes)).image).metadata()).hasAlpha).toBe(true);
  });

  it('scales down to the requested side and never enlarges', async () => {
    const bytes = await (await twoColors(3000, 1000)).jpeg().toBuffer();
    expect(await encodeImage(bytes)).toMatchObject({ widthPx: 2048, heightPx: 683 });
    expect(await encodeImage(bytes, { maxSidePx: 768 })).toMatchObject({ widthPx: 768, heightPx: 256 });
    const small = await (await twoColors(100, 50)).png().toBuffer();
    expect(await sharp((await encodeImage(small)).thumbnail).metadata()).toMatchObject({ width: 100, height: 50 });
  });

  it('uses only the first frame of an animation', async () => {
    const frames = Buffer.concat([0, 255].map((level) => Buffer.alloc(300 * 300 * 3, level)));
    const animated = await sharp(frames, { raw: { width: 300, height: 600, channels: 3, pageHeight: 300 } })
      .webp({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animated, { pages: -1 }).metadata()).pages).toBe(2);
    expect(await encodeImage(animated)).toMatchObject({ widthPx: 300, heightPx: 300 });
  });
});

describe('encodeImage, refusing corrupt bytes', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('refuses a truncated %s', async (format) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#000', noise } })
      .toFormat(format)
      .toBuffer();
    await expect(encodeImage(bytes.subarray(0, bytes.length / 2))).rejects.toBeInstanceOf(CorruptImage);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('not an image')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>')],
    ['a PNG signature without content', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ])('refuses %s', async (_, bytes) => {
    await expect(encodeImage(bytes)).rejects.toBeInstanceOf(CorruptImage);
  });

  it('refuses an image beyond the pixel limit before decoding it', async () => {
    const side = Math.ceil(Math.sqrt(MAX_PIXELS)) + 1;
    const bytes = await sharp({ create: { width: side, height: side, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    await expect(encodeImage(bytes)).rejects.toBeInstanceOf(CorruptImage);
  });

  it('refuses GIF, which sharp could read', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    await expect(encodeImage(gif)).rejects.toBeInstanceOf(CorruptImage);
    await expect(sharp(gif).metadata()).rejects.toThrow('unsupported image format');
  });
});
