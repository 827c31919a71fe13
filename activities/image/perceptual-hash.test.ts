import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { perceptualHash } from './perceptual-hash.ts';

async function hashOf(image: Sharp): Promise<string | null> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return perceptualHash({ data, info: { width: info.width, height: info.height, channels: info.channels } });
}

/** Soft shapes whose positions depend on `seed`; the scenes differ as much as portraits do. */
function scene(seed: number): Promise<Buffer> {
  const valueAt = (turn: number) => Math.round(60 + 200 * Math.abs(Math.sin(seed * 7.3 + turn * 1.7)));
  const shapes = [0, 1, 2, 3, 4].map(
    (turn) =>
      `<circle cx="${valueAt(turn)}" cy="${valueAt(turn + 10)}" r="${valueAt(turn + 20) / 3}" fill="hsl(${valueAt(turn) * 2} 60% ${20 + turn * 15}%)"/>`,
  );
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><rect width="320" height="320" fill="#ddd"/>${shapes.join('')}</svg>`,
    ),
  )
    .png()
    .toBuffer();
}

function bitsBetween(one: string | null, other: string | null): number {
  return [...(one ?? '')].filter((bit, index) => bit !== other?.[index]).length;
}

describe('perceptualHash', () => {
  it.each([
    ['half as large', (image: Sharp) => image.resize(160)],
    ['a poor JPEG', (image: Sharp) => image.flatten().jpeg({ quality: 40 })],
    ['without colors', (image: Sharp) => image.grayscale()],
    ['a little brighter', (image: Sharp) => image.modulate({ brightness: 1.05 })],
  ])('changes by at most four bits when the image is %s', async (_, change) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const original = await scene(seed);
      const changed = await change(sharp(original)).toBuffer();
      expect(bitsBetween(await hashOf(sharp(original)), await hashOf(sharp(changed)))).toBeLessThanOrEqual(4);
    }
  });

  it('differs by more than seven bits between different images', async () => {
    const hashes = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => hashOf(sharp(await scene(seed)))));
    for (const [index, hash] of hashes.entries()) {
      expect(hash).toMatch(/^[01]{64}$/);
      for (const other of hashes.slice(index + 1)) expect(bitsBetween(hash, other)).toBeGreaterThan(7);
    }
  });

  it('is null for a plain surface, even with encoding noise', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 5 } as const;
    const noisy = sharp({ create: { width: 300, height: 300, channels: 3, background: '#888', noise } });
    expect(await hashOf(sharp(await noisy.jpeg({ quality: 40 }).toBuffer()))).toBeNull();
    const clear = sharp({ create: { width: 300, height: 300, channels: 4, background: '#00000000' } });
    expect(await hashOf(sharp(await clear.png().toBuffer()))).toBeNull();
  });
});
