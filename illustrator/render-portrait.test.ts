import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { ASPECT_RATIOS, dimensionsOf } from '#domain/generation/image.ts';
import { STYLES, type Style } from '#domain/prompt/style.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import type { PortraitRequest } from './portrait-types.ts';
import { renderPortrait } from './render-portrait.ts';

const SIDE_PX = 256;
const sitter: PortraitRequest = {
  style: 'photorealistic',
  attributes: {},
  prompt: '',
  seed: 7,
  widthPx: SIDE_PX,
  heightPx: SIDE_PX,
};

/** What requests look like, drawn once each: most tests compare with the same few. */
const drawn = new Map<string, Promise<Buffer>>();

function pixelsOf(request: PortraitRequest): Promise<Buffer> {
  const key = JSON.stringify(request);
  const pixels =
    drawn.get(key) ?? renderPortrait(request).then(({ bytes }) => sharp(bytes).removeAlpha().raw().toBuffer());
  drawn.set(key, pixels);
  return pixels;
}

/** Mean absolute difference of two pictures, levels of 255. */
async function difference(a: PortraitRequest, b: PortraitRequest): Promise<number> {
  const [one, two] = await Promise.all([a, b].map(pixelsOf));
  if (!one || !two || one.length !== two.length) throw new Error('the pictures have different sizes');
  return one.reduce((sum, value, i) => sum + Math.abs(value - (two[i] ?? 0)), 0) / one.length;
}

describe('the same request', () => {
  test.each(STYLES)('gives the same bytes in %s', async (style) => {
    const [first, second] = await Promise.all([
      renderPortrait({ ...sitter, style }),
      renderPortrait({ ...sitter, style }),
    ]);
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });

  test('gives the same bytes whatever was drawn between', async () => {
    const before = await renderPortrait(sitter);
    await renderPortrait({ ...sitter, style: 'comic', seed: 99, prompt: 'wizard hat' });
    expect((await renderPortrait(sitter)).bytes.equals(before.bytes)).toBe(true);
  });
});

const SHAPES = STYLES.flatMap((style, row) =>
  ASPECT_RATIOS.map((aspect, column) => [style, aspect, column === row % ASPECT_RATIOS.length] as const),
);
/** Each style and each aspect ratio, but not their product. */
const TRIED = rowsOf('matrices', SHAPES, ([, , isTried]) => isTried);

describe('every style', () => {
  test.each(TRIED)('%s fills the aspect ratio %s to the pixel', async (style, aspect) => {
    const { widthPx, heightPx } = dimensionsOf(aspect, 512);
    const size = { widthPx: widthPx / 2, heightPx: heightPx / 2 };
    const portrait = await renderPortrait({ ...sitter, style, ...size });
    const decoded = await sharp(portrait.bytes).metadata();
    expect({ widthPx: decoded.width, heightPx: decoded.height }).toEqual(size);
    expect(portrait).toMatchObject(size);
    expect(portrait.mimeType).toBe(`image/${decoded.format}`);
  });

  test('looks unlike every other style', async () => {
    for (const [i, style] of STYLES.entries()) {
      const next = STYLES[(i + 1) % STYLES.length] as Style;
      expect(
        await difference({ ...sitter, style }, { ...sitter, style: next }),
        `${style} and ${next}`,
      ).toBeGreaterThan(6);
    }
  });
});

describe('what is asked for', () => {
  test('another seed is another person', async () => {
    for (const seed of [8, 9, 10]) expect(await difference(sitter, { ...sitter, seed })).toBeGreaterThan(4);
  });

  test.each([
    'glasses',
    'sunglasses',
    'goggles',
    'fedora',
    'beanie',
    'crown',
    'hijab',
    'long silver hair',
    'violet eyes',
    'bald',
    'bearded man with a long beard',
    'freckles',
    'plate armour',
    'navy suit',
    'red sweater',
    'astronaut',
    'in a forest',
    'cherry blossoms',
    'neon city',
    'on a beach',
    'wings',
  ])('"%s" in the prompt changes the picture', async (prompt) => {
    // The pictures are without loss: what is not drawn makes no difference at all.
    expect(await difference(sitter, { ...sitter, prompt })).toBeGreaterThan(0.02);
  });

  test('words it does not know change nothing', async () => {
    const known = await renderPortrait({ ...sitter, prompt: 'red scarf' });
    const padded = await renderPortrait({ ...sitter, prompt: 'flibbertigibbet red scarf, quuxly 8k zorp' });
    expect(padded.bytes.equals(known.bytes)).toBe(true);
  });

  test('a denied thing is left out', async () => {
    expect(await difference(sitter, { ...sitter, prompt: 'no glasses, without a hat' })).toBe(0);
  });
});

describe('odd requests', () => {
  const hostile = '"/><script>alert(1)</script><image href="file:///etc/passwd"/>&xxe; \u0000 url(#f1) ]]>';

  test.each([
    ['nothing', ''],
    ['emoji', '🧙‍♀️🔥👩🏽‍🚀 with glasses 🤓'],
    ['a thousand characters', 'glasses '.repeat(125)],
    ['right to left', 'صورة شخصية مع نظارات'],
    ['markup', hostile],
  ])('%s as prompt is drawn', async (_name, prompt) => {
    const portrait = await renderPortrait({ ...sitter, prompt });
    expect((await sharp(portrait.bytes).metadata()).width).toBe(SIDE_PX);
  });

  test('markup in any attribute draws as if it were not there', async () => {
    const traits = ['gender', 'ageRange', 'ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone'];
    const attributes = Object.fromEntries(traits.map((trait) => [trait, '"/><svg onload=x>']));
    const portrait = await renderPortrait({ ...sitter, attributes, prompt: hostile });
    expect(portrait.bytes.equals((await renderPortrait(sitter)).bytes)).toBe(true);
  });

  test.each([0, 63, 2049, 100.5, Number.NaN])('a side of %s pixels is refused', async (widthPx) => {
    await expect(renderPortrait({ ...sitter, widthPx })).rejects.toThrow(RangeError);
  });

  test('a seed at the end of its range is drawn', async () => {
    expect((await renderPortrait({ ...sitter, seed: 2 ** 32 - 1 })).bytes.length).toBeGreaterThan(1_000);
  });
});
