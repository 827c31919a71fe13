import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { visualAttributes } from '#contract/avatar.ts';
import { HAIR_STYLES } from '#domain/persona/attributes.ts';
import { STYLES } from '#domain/prompt/style.ts';
import type { PortraitRequest } from './portrait-types.ts';
import { renderPortrait } from './render-portrait.ts';

const SIDE_PX = 128;
const SIZE = { widthPx: SIDE_PX, heightPx: SIDE_PX };
/** Mean difference of two pictures, levels of 255, that nobody overlooks. */
const TELLING = 8;
/** Hair is a small part of a picture. */
const VISIBLE = 0.5;

const gallery = z.array(
  z.object({
    name: z.string(),
    generationPrompt: z.string(),
    visualAttributes: visualAttributes.extend({ style: z.enum(STYLES) }),
  }),
);

async function pixels(request: PortraitRequest): Promise<Buffer> {
  const { bytes } = await renderPortrait(request);
  return sharp(bytes).removeAlpha().raw().toBuffer();
}

function difference(one: Buffer, other: Buffer): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

describe('the presets of the gallery', () => {
  let pictures: { readonly name: string; readonly picture: Buffer }[];

  beforeAll(async () => {
    const file = new URL('../domain/prompt/gallery-presets.json', import.meta.url);
    const presets = gallery.parse(JSON.parse(await readFile(file, 'utf8')));
    pictures = [];
    for (const [seed, { name, generationPrompt: prompt, visualAttributes: attributes }] of presets.entries()) {
      const picture = await pixels({ style: attributes.style, attributes, prompt, seed, ...SIZE });
      pictures.push({ name, picture });
    }
  });

  test('are twenty-four, each tellingly unlike every other', () => {
    const alike = pictures.flatMap(({ name, picture }, index) =>
      pictures
        .slice(index + 1)
        .filter((other) => difference(picture, other.picture) < TELLING)
        .map((other) => `${name} and ${other.name}`),
    );
    expect(pictures).toHaveLength(24);
    expect(alike).toEqual([]);
  });
});

describe('every hair style that people can pick', () => {
  test.each(HAIR_STYLES.filter((hairStyle) => hairStyle !== 'none'))('%s shows on the head', async (hairStyle) => {
    const sitter = { style: 'comic', prompt: '', seed: 5, ...SIZE } as const;
    const [bald, haired] = [
      await pixels({ ...sitter, attributes: { gender: 'woman', hairStyle: 'none' } }),
      await pixels({ ...sitter, attributes: { gender: 'woman', hairStyle } }),
    ];
    expect(difference(bald, haired)).toBeGreaterThan(VISIBLE);
  });
});
