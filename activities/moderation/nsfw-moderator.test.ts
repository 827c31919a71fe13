import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { verdictOn } from '../../domain/image-check.ts';
import { createNsfwModerator } from './nsfw-moderator.ts';

/** Loading the model takes four seconds of a free core, and a minute of a crowded one. */
const LOADING_TIMEOUT_MS = 240_000;

const moderator = createNsfwModerator();
afterAll(() => moderator.close());

const plain = (colour: string) =>
  sharp({ create: { width: 300, height: 200, channels: 4, background: colour } })
    .png()
    .toBuffer();

describe('the content check', { timeout: LOADING_TIMEOUT_MS }, () => {
  it('says what is in a picture, as probabilities, several at once', async () => {
    const pictures = await Promise.all(['#334455', '#ffffff', '#88aa6680'].map(plain));
    const looks = await Promise.all(pictures.map((picture) => moderator.look(picture)));
    for (const scores of looks) {
      const sum = Object.values(scores).reduce((total, score) => total + score, 0);
      expect(sum).toBeCloseTo(1, 1);
      expect(verdictOn(scores)).toBe('pass');
    }
    expect(looks[0]).not.toEqual(looks[1]);
  });

  it('gives the same answer to the same picture', async () => {
    const picture = await plain('#c08060');
    expect(await moderator.look(picture)).toEqual(await moderator.look(picture));
  });

  it('fails loudly for what is no picture', async () => {
    await expect(moderator.look(Buffer.from('no picture'))).rejects.toThrow(/unsupported image format/);
  });

  it('does not wait for ever', async () => {
    const hasty = createNsfwModerator({ timeoutMs: 1 });
    await expect(hasty.look(await plain('#000000'))).rejects.toThrow('too long');
    await hasty.close();
  });

  it('fails what waits when its thread ends, and goes on with a new one', async () => {
    const mortal = createNsfwModerator();
    const picture = await plain('#202020');
    const lost = mortal.look(picture).catch((error: unknown) => String(error));
    // The pixels must have been sent before the thread goes.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await mortal.close();
    expect(await lost).toMatch(/stopped/);
    expect(await mortal.look(picture)).toBeDefined();
    await mortal.close();
  });
});
