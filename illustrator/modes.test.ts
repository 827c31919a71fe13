import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import { createIllustratorProvider } from '#activities/providers/illustrator/illustrator-provider.ts';
import type { ImageRequest, ReferenceImage } from '#activities/providers/port.ts';
import { referenceColors } from './reference-colors.ts';
import { distance } from './drawing/color.ts';
import { settlePerson } from './person/settle-person.ts';
import { renderPortrait } from './render-portrait.ts';

const SEED = 41;
const original: ImageRequest = {
  ...REQUEST,
  model: 'illustrator-1',
  prompt: 'A tavern keeper.',
  seed: SEED,
  aspectRatio: '1:1',
  sizePx: 512,
  style: 'fantasy',
  attributes: { gender: 'woman', hairColor: 'red' },
};
const illustrator = createIllustratorProvider();

async function drawn(changes: Partial<ImageRequest>): Promise<Buffer> {
  const progress = await illustrator.poll({ externalId: 'x' }, { ...original, ...changes }, NEVER_ABORTED);
  if (progress.state !== 'succeeded') throw new Error(`It ${progress.state}`);
  return progress.image.bytes;
}

function picture(changes: Partial<ReferenceImage>): ReferenceImage {
  const bytes = Buffer.alloc(0);
  return { mode: 'variation', bytes, mimeType: 'image/jpeg', strength: undefined, seed: SEED, ...changes };
}

const portrait = (variationOf?: { seed: number; strength: number }) =>
  settlePerson({ ...original, seed: SEED + 1, widthPx: 512, heightPx: 512, ...(variationOf && { variationOf }) });

describe('a variation by the illustrator', () => {
  it('of no strength is the original, and of all strength its neighbour', async () => {
    const seed = SEED + 1;
    expect(await drawn({ seed, reference: picture({ strength: 0 }) })).toEqual(await drawn({}));
    expect(await drawn({ seed, reference: picture({ strength: 1 }) })).toEqual(await drawn({ seed }));
  });

  it('keeps some traits and changes others, more of them the stronger it is', () => {
    const first = settlePerson({ ...original, widthPx: 512, heightPx: 512 });
    const changed = (strength: number) => {
      const person = portrait({ seed: SEED, strength });
      return Object.keys(first).filter(
        (trait) =>
          JSON.stringify(first[trait as keyof typeof first]) !== JSON.stringify(person[trait as keyof typeof person]),
      ).length;
    };
    expect(changed(0)).toBe(0);
    expect(changed(0.5)).toBeGreaterThan(0);
    expect(changed(0.5)).toBeLessThan(changed(1));
  });
});

describe('a restyled picture by the illustrator', () => {
  it('is the same person: only the way of drawing differs', async () => {
    const reference = picture({ mode: 'style' });
    const [noir, clay] = [await drawn({ style: 'noir', reference }), await drawn({ style: 'clay', reference })];
    expect(noir).toEqual(await drawn({ style: 'noir' }));
    expect(noir).not.toEqual(clay);
  });
});

describe('a picture that is followed by the illustrator', () => {
  const blue = { r: 20, g: 60, b: 200 };
  const bytesOf = (background: typeof blue) =>
    sharp({ create: { width: 300, height: 200, channels: 3, background } })
      .composite([
        {
          input: { create: { width: 100, height: 100, channels: 3, background: { r: 230, g: 180, b: 40 } } },
          left: 0,
          top: 0,
        },
      ])
      .jpeg()
      .toBuffer();

  it('without a face gives the colors that cover most of it', async () => {
    const { ground, cloth, ...body } = await referenceColors(await bytesOf(blue));
    expect(distance(ground!, '#143cc8')).toBeLessThan(0.05);
    expect(distance(cloth!, '#e6b428')).toBeLessThan(0.05);
    expect(body).toEqual({});
  });

  it('of a person gives the colors of skin, hair and clothes from where they are', async () => {
    const near = { skin: 0, hair: 0, cloth: 0 };
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    for (const seed of seeds) {
      const request = { style: 'comic', attributes: {}, prompt: '', seed, widthPx: 256, heightPx: 256 } as const;
      const person = settlePerson(request);
      const colors = await referenceColors((await renderPortrait(request)).bytes);
      for (const part of ['skin', 'hair', 'cloth'] as const) {
        const color = colors[part];
        if (color !== undefined && distance(color, person[part]) < 0.15) near[part] += 1;
      }
    }
    expect(Math.min(...Object.values(near))).toBeGreaterThanOrEqual(10);
  });

  it('gives its colors to what the words leave open', async () => {
    const colors = { skin: '#8a5a3b', hair: '#e0d8c8', cloth: '#143cc8', ground: '#e6b428' } as const;
    const plain = { ...original, prompt: 'red hair', style: 'vector', widthPx: 512, heightPx: 512 } as const;
    const [before, after] = [settlePerson(plain), settlePerson({ ...plain, colors })];
    expect(after).toMatchObject({ cloth: colors.cloth, accent: colors.ground, hair: before.hair });
    expect(settlePerson({ ...plain, prompt: '', attributes: {}, colors })).toMatchObject({ hair: colors.hair });
    expect(distance(after.skin, colors.skin)).toBeLessThan(0.08);
  });

  it('shows', async () => {
    const reference = picture({ mode: 'reference', bytes: await bytesOf(blue) });
    const style = 'vector';
    expect(await drawn({ style, reference })).not.toEqual(await drawn({ style }));
  });
});

describe('a name', () => {
  it('is not read as a word about looks', async () => {
    const personaName = 'Rose King';
    const prompt = 'Portrait of Rose King. A tavern keeper.';
    expect(await drawn({ prompt, personaName, attributes: {} })).toEqual(
      await drawn({ prompt: ' A tavern keeper.', attributes: {} }),
    );
  });
});
