import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type CardText, drawCard } from './draw-card.ts';
import { isRightToLeft, textBlock } from './text-block.ts';

const SHEET: CardText = {
  name: 'Ysolde',
  facts: ['61 years old', 'Fantasy'],
  story: 'Keeps the light.',
  footer: 'Avatar Studio',
};
const RED = { r: 200, g: 30, b: 30 };

const image = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: RED } })
    .webp()
    .toBuffer();

/** The mean of each channel in a rectangle of the card, and the contrast. */
async function measure(card: Buffer, left: number, top: number, width: number, height: number) {
  const { channels } = await sharp(await sharp(card).extract({ left, top, width, height }).png().toBuffer()).stats();
  return {
    mean: channels.map(({ mean }) => Math.round(mean)),
    contrast: Math.max(...channels.map(({ stdev }) => stdev)),
  };
}

describe('drawCard', () => {
  it.each([
    ['square', 1024, 1024],
    ['tall', 768, 1024],
    ['wide', 1024, 576],
  ])('draws a %s image next to the text', async (_, width, height) => {
    const card = await drawCard(SHEET, await image(width, height));
    expect(await sharp(card).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
    expect((await measure(card, 10, 10, 600, 600)).mean[0]).toBeGreaterThan(180);
    expect((await measure(card, 686, 56, 450, 80)).contrast).toBeGreaterThan(10);
  });

  it('leaves the frame empty when the image is missing or can’t be decoded', async () => {
    const [none, broken] = await Promise.all([drawCard(SHEET, undefined), drawCard(SHEET, Buffer.from('no image'))]);
    expect(broken.equals(none)).toBe(true);
    expect((await measure(none, 10, 10, 600, 600)).contrast).toBeLessThan(1);
  });

  it('draws long texts within the margins', async () => {
    const long = {
      name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3),
      facts: ['x'.repeat(200)],
      story: 'word '.repeat(200),
    };
    const card = await drawCard({ ...SHEET, ...long }, undefined);
    expect((await measure(card, 1146, 0, 54, 630)).contrast).toBeLessThan(1);
    expect((await measure(card, 640, 576, 560, 54)).contrast).toBeLessThan(1);
    expect((await measure(card, 686, 540, 450, 30)).contrast).toBeGreaterThan(5);
  });

  it.each([
    ['markup', '<b>&amp; </span> <script>'],
    ['right to left', 'שלום עולם'],
    ['letters of many scripts', 'Łódź Ωμέγα Жанна مرحبا'],
    ['emoji only', '🎨🦊'],
    ['half a character and control characters', 'a\ud83d\u0007\u202eb'],
    ['nothing', ''],
  ])('draws a name and a background of %s', async (_, name) => {
    await expect(drawCard({ ...SHEET, name, story: name }, undefined)).resolves.toBeInstanceOf(Buffer);
  });

  it.each(['200b', 'ad', '2060', '2800', '202e', '3164', '200d', '61c', 'e0041', '1d173'])(
    'draws a name and a background of the invisible U+%s only',
    async (hex) => {
      const name = String.fromCodePoint(Number.parseInt(hex, 16));
      await expect(drawCard({ ...SHEET, name, story: name }, undefined)).resolves.toBeInstanceOf(Buffer);
    },
  );
});

describe('textBlock', () => {
  const style = { size: 20, color: '#000000' };

  it('cuts text that is too high with an ellipsis, and never exceeds the box', async () => {
    for (const text of ['many words '.repeat(100), 'x'.repeat(1_000), '漢'.repeat(300)]) {
      const block = await textBlock(text, style, { width: 300, height: 70 });
      expect(block!.height).toBeLessThanOrEqual(70);
      expect(block!.width).toBeLessThanOrEqual(300);
    }
  });

  it.each(['\u3164', '\u115f\u1160', '\u2800', '\ufe0f', '\u034f', '\u200b \u2060'])(
    'returns undefined for %j, which has no visible character',
    async (text) => {
      expect(await textBlock(text, style, { width: 300, height: 70 })).toBeUndefined();
    },
  );

  it('retains the joiners between visible characters', async () => {
    expect(
      await textBlock('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', style, { width: 300, height: 70 }),
    ).toBeDefined();
  });
});

describe('isRightToLeft', () => {
  it('decides by the script of the first letter', () => {
    expect(['שלום', '12 مرحبا', 'Ada', '', '漢字'].map(isRightToLeft)).toEqual([true, true, false, false, false]);
  });
});
