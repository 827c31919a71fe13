import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { imageCheckOutcome } from '#domain/moderation/image-check.ts';
import { createNsfwModerator } from './nsfw-moderator.ts';

/** Loading the model takes four seconds of a free core, and a minute of a crowded one. */
const LOADING_TIMEOUT_MS = 240_000;

const moderator = createNsfwModerator();
afterAll(() => moderator.close());

const plain = (color: string) =>
  sharp({ create: { width: 300, height: 200, channels: 4, background: color } })
    .png()
    .toBuffer();

/** Shapes a bare classifier of colors would stumble over. What it should block no test may draw; domain/image-check tests the thresholds. */
const HARMLESS = {
  'nothing but skin': '<rect width="512" height="512" fill="#d9a584"/>',
  'two spheres':
    '<rect width="512" height="512" fill="#cfc4b8"/><circle cx="180" cy="256" r="120" fill="#e0b090"/><circle cx="340" cy="256" r="120" fill="#e0b090"/>',
  'a torso':
    '<rect width="512" height="512" fill="#cfc4b8"/><path d="M150 0C130 150 190 260 150 512H362C320 260 380 150 362 0Z" fill="#dba882"/>',
  'crossed limbs':
    '<rect width="512" height="512" fill="#cfc4b8"/><g stroke="#d6a07c" stroke-width="90"><path d="M40 480L300 60"/><path d="M470 470L220 90"/></g>',
  'a peach':
    '<rect width="512" height="512" fill="#cfc4b8"/><circle cx="256" cy="270" r="190" fill="#f0a878"/><path d="M256 80q-40 180 0 380" stroke="#b96a45" stroke-width="10" fill="none"/>',
  dunes: '<rect width="512" height="512" fill="#e9c9a0"/><path d="M0 300q120-120 260 0t252-30V512H0Z" fill="#d9a06f"/>',
};
/** Measured: 0.001 to 0.06. Somebody all at an image from 0.5. */
const EXPLICIT_AT_MOST = 0.25;

describe('the content check', { timeout: LOADING_TIMEOUT_MS }, () => {
  it('says what is in an image, as probabilities, several at once', async () => {
    const images = await Promise.all(['#334455', '#ffffff', '#88aa6680'].map(plain));
    const all = await Promise.all(images.map((image) => moderator.score(image)));
    for (const scores of all) {
      const sum = Object.values(scores).reduce((total, score) => total + score, 0);
      expect(sum).toBeCloseTo(1, 1);
      expect(imageCheckOutcome(scores)).toBe('pass');
    }
    expect(all[0]).not.toEqual(all[1]);
  });

  it.each(Object.entries(HARMLESS))('lets harmless skin tones pass: %s', async (_, drawing) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">${drawing}</svg>`;
    const scores = await moderator.score(await sharp(Buffer.from(svg)).png().toBuffer());
    expect(scores.porn + scores.hentai).toBeLessThan(EXPLICIT_AT_MOST);
    expect(imageCheckOutcome(scores)).toBe('pass');
  });

  it('gives the same answer to the same image', async () => {
    const image = await plain('#c08060');
    expect(await moderator.score(image)).toEqual(await moderator.score(image));
  });

  it('fails loudly for what is no image', async () => {
    await expect(moderator.score(Buffer.from('no image'))).rejects.toThrow(/unsupported image format/);
  });

  it('survives what is damaged, cut off or far too large, in the thread that has its model already', async () => {
    let threads = 0;
    const count = () => {
      threads += 1;
    };
    process.on('worker', count);
    const photo = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#334455' } })
      .jpeg()
      .toBuffer();
    const damaged = Buffer.from(photo).fill(0, 20, 120);
    const huge = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const all = [photo, photo.subarray(0, 300), damaged, huge, Buffer.alloc(0), photo].map((one) =>
      moderator.score(one),
    );
    const ends = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(ends).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(await moderator.score(photo)).toEqual(await all[0]);
    expect(threads).toBe(0);
    process.off('worker', count);
  });

  it('does not wait for ever', async () => {
    const hasty = createNsfwModerator({ timeoutMs: 1 });
    await expect(hasty.score(await plain('#000000'))).rejects.toThrow('too long');
    await hasty.close();
  });

  it('fails what waits when its thread ends, and goes on with a new one', async () => {
    const mortal = createNsfwModerator();
    const image = await plain('#202020');
    const lost = mortal.score(image).catch((error: unknown) => String(error));
    // The pixels must have been sent before the thread goes.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await mortal.close();
    expect(await lost).toMatch(/stopped/);
    expect(await mortal.score(image)).toBeDefined();
    await mortal.close();
  });
});
