import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  DOWNLOAD_FORMATS,
  DOWNLOAD_SIZE_FACTS,
  DOWNLOAD_SIZES,
  type DownloadSize,
} from '#domain/avatar/image-download.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { imageKindOf } from '#domain/generation/image-kind.ts';
import { metadataOf, readProvenance } from '#tests/support/read-provenance.ts';
import { convertImage, type ConvertOptions } from './convert-image.ts';
import { xmpOf } from './xmp.ts';

const xmp = xmpOf(
  provenanceOf({
    provider: 'illustrator',
    model: 'illustrator',
    recipe: null,
    createdAt: new Date(1_764_000_000_000),
  })!,
);
const DEFAULTS = { format: 'png', size: 'original', shape: 'full', background: '#ffffff', xmp } as const;

/** Red above, blue below. */
async function stored(width: number, height: number): Promise<Buffer> {
  const half = { create: { width, height: height / 2, channels: 3, background: '#00f' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#f00' } })
    .composite([{ input: half, top: height / 2, left: 0 }])
    .webp({ lossless: true })
    .toBuffer();
}

async function converted(image: Buffer, options: Partial<ConvertOptions>) {
  const file = await convertImage(image, { ...DEFAULTS, ...options });
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
  return { file, width: info.width, height: info.height, at };
}

describe('a converted image', () => {
  it.each(DOWNLOAD_FORMATS)('is a %s that states its provenance, and nothing else', async (format) => {
    const { file } = await converted(await stored(64, 64), { format, shape: 'circle' });
    expect(imageKindOf(file)).toBe(format);
    expect(readProvenance(file)).toEqual({
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
      creatorTool: 'Avatar Studio (illustrator)',
      createdAt: '2025-11-24T16:00:00Z',
    });
    expect((await metadataOf(file)).blocks).toEqual(['xmp']);
  });

  it('of an upload states nothing', async () => {
    const { file } = await converted(await stored(64, 64), { xmp: undefined });
    expect((await metadataOf(file)).blocks).toEqual([]);
  });

  it('keeps its shape and is never enlarged, but has exactly the size that a platform asks for', async () => {
    const portrait = await stored(200, 400);
    const sizes = DOWNLOAD_SIZES.map(async (size): Promise<[DownloadSize, string]> => {
      const { width, height } = await converted(portrait, { size });
      return [size, `${width} × ${height}`];
    });
    expect(Object.fromEntries(await Promise.all(sizes))).toEqual({
      original: '200 × 400',
      128: '64 × 128',
      256: '128 × 256',
      512: '200 × 400',
      discord: '512 × 512',
      github: '500 × 500',
      instagram: '320 × 320',
      linkedin: '400 × 400',
      slack: '512 × 512',
      steam: '184 × 184',
      twitch: '256 × 256',
      whatsapp: '640 × 640',
      x: '400 × 400',
      youtube: '800 × 800',
    });
    expect(DOWNLOAD_SIZES.filter((size) => DOWNLOAD_SIZE_FACTS[size].isPlatform)).toHaveLength(10);
  });

  it('is cut to the upper square of a portrait, transparent outside the circle', async () => {
    const { width, height, at } = await converted(await stored(200, 400), { shape: 'circle' });
    expect([width, height]).toEqual([200, 200]);
    expect([at(0, 0)[3], at(199, 199)[3]]).toEqual([0, 0]);
    expect([at(100, 1), at(100, 198)]).toEqual([
      [255, 0, 0, 255],
      [255, 0, 0, 255],
    ]);
  });

  it('has the background color instead of transparency as a JPEG', async () => {
    const { at } = await converted(await stored(200, 200), { format: 'jpeg', shape: 'circle', background: '#00ff00' });
    const [red, green, blue] = at(2, 2) as [number, number, number];
    expect([red < 8, green > 247, blue < 8]).toEqual([true, true, true]);
  });

  it('is refused for a damaged file', async () => {
    const image = await stored(200, 200);
    for (const bytes of [Buffer.from('no image'), image.subarray(0, image.length / 2)])
      await expect(convertImage(bytes, DEFAULTS)).rejects.toMatchObject({ fault: 'corrupt' });
  });
});
