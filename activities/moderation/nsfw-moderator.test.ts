import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { imageCheckOutcome } from '#domain/moderation/image-check.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { createNsfwModerator } from './nsfw-moderator.ts';

/** Loading the model takes four seconds on an idle core, and a minute on a busy one. */
const LOADING_TIMEOUT_MS = 240_000;

const moderator = createNsfwModerator();
afterAll(() => moderator.close());

const plain = (color: string) =>
  sharp({ create: { width: 300, height: 200, channels: 4, background: color } })
    .png()
    .toBuffer();

/** Shapes that a classifier by color alone would block. Explicit images are not drawn in tests; domain/moderation tests the thresholds. */
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
/** Measured: 0.001 to 0.06. */
const MAX_EXPLICIT = 0.25;

describe('the image moderator', { timeout: LOADING_TIMEOUT_MS }, () => {
  it('scores several images in parallel, as probabilities', async () => {
    const images = await Promise.all(['#334455', '#ffffff', '#88aa6680'].map(plain));
    const all = await Promise.all(images.map((image) => moderator.score(image)));
    for (const scores of all) {
      const sum = Object.values(scores).reduce((total, score) => total + score, 0);
      expect(sum).toBeCloseTo(1, 1);
      expect(imageCheckOutcome(scores)).toBe('pass');
    }
    expect(all[0]).not.toEqual(all[1]);
  });

  const tried = rowsOf('matrices', Object.entries(HARMLESS), ([name]) =>
    ['nothing but skin', 'a torso'].includes(name),
  );
  it.each(tried)('passes harmless skin tones: %s', async (_, drawing) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">${drawing}</svg>`;
    const scores = await moderator.score(await sharp(Buffer.from(svg)).png().toBuffer());
    expect(scores.porn + scores.hentai).toBeLessThan(MAX_EXPLICIT);
    expect(imageCheckOutcome(scores)).toBe('pass');
  });

  it('gives the same scores for the same image', async () => {
    const image = await plain('#c08060');
    expect(await moderator.score(image)).toEqual(await moderator.score(image));
  });

  it('throws for bytes that are no image', async () => {
    await expect(moderator.score(Buffer.from('no image'))).rejects.toThrow(/unsupported image format/);
  });

  it('survives damaged, truncated and oversized images without a new thread', async () => {
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
    const all = [photo, photo.subarray(0, 300), damaged, huge, Buffer.alloc(0), photo].map((image) =>
      moderator.score(image),
    );
    const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(outcomes).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(await moderator.score(photo)).toEqual(await all[0]);
    expect(threads).toBe(0);
    process.off('worker', count);
  });

  it('stops waiting at its timeout', async () => {
    const impatient = createNsfwModerator({ timeoutMs: 1 });
    await expect(impatient.score(await plain('#000000'))).rejects.toThrow('too long');
    await impatient.close();
  });

  it('rejects waiting images when its thread ends, and continues with a new one', async () => {
    const restarted = createNsfwModerator();
    const image = await plain('#202020');
    const lost = restarted.score(image).catch((error: unknown) => String(error));
    // The pixels must have been sent before the thread ends.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await restarted.close();
    expect(await lost).toMatch(/stopped/);
    expect(await restarted.score(image)).toBeDefined();
    await restarted.close();
  });
});
