import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { STYLES } from '#domain/prompt/style.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { checkDelivery, type RequestedImage } from './delivered-image.ts';

const SIDE = 512;
const SQUARE: RequestedImage = { aspectRatios: [1], sidePx: SIDE };
const PLAINEST_SHARE_OF_CONTRAST = 0.25;
const MIDDLE_GRAY = 128;

const faultOf = async (...[bytes, requested]: Parameters<typeof checkDelivery>) =>
  (await checkDelivery(bytes, requested)).fault;

const canvas = (background: string, inside = '', width = SIDE, height = SIDE) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/>${inside}</svg>`,
    ),
  );
const sketch =
  '<g fill="none" stroke="#333" stroke-width="3"><circle cx="256" cy="220" r="120"/><path d="M60 512Q256 300 452 512"/></g>';

describe('checkDelivery', () => {
  const styles = rowsOf('matrices', STYLES, (_, index) => index % 4 === 0);
  it.each(styles)('accepts the illustrator’s image in the style %s, faded and dimmed too', async (style) => {
    const size = { widthPx: SIDE, heightPx: SIDE };
    const attributes = { hairColor: 'black', background: 'black' };
    const prompt = 'dark clothes, a night without stars';
    const { bytes } = await renderPortrait({ style, attributes, prompt, seed: 7, ...size });
    const scaled = (offset: number) =>
      sharp(bytes).linear(PLAINEST_SHARE_OF_CONTRAST, offset).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
    const faded = await scaled(MIDDLE_GRAY * (1 - PLAINEST_SHARE_OF_CONTRAST));
    for (const image of [bytes, faded, await scaled(0)]) expect(await faultOf(image, SQUARE)).toBeUndefined();
  });

  it.each([
    ['line art on white paper', () => canvas('#fff', sketch)],
    ['a small face on black', () => canvas('#000', '<circle cx="256" cy="256" r="75" fill="#a87"/>')],
    ['a figure on a transparent ground', () => canvas('none', '<circle cx="256" cy="256" r="150" fill="#000"/>')],
    [
      'a drawing of two colors of one brightness',
      () => canvas('#c05050', '<circle cx="256" cy="256" r="150" fill="#3c8a3c"/>'),
    ],
  ])('accepts %s', async (_, draw) => {
    expect(await faultOf(await draw().png().toBuffer(), SQUARE)).toBeUndefined();
  });

  it.each([
    ['a black JPEG', 'plain black', () => canvas('#000').jpeg({ quality: 40 })],
    [
      'black with a signature',
      'plain black',
      () => canvas('#000', '<rect x="420" y="480" width="80" height="20" fill="#fff"/>').png(),
    ],
    [
      'a soft gradient',
      'plain',
      () =>
        canvas(
          '#777',
          '<linearGradient id="g"><stop stop-color="#707070"/><stop offset="1" stop-color="#808080"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/>',
        ).png(),
    ],
    ['one color', 'plain', () => canvas('#2060c0').webp()],
    ['almost transparent', 'transparent', () => canvas('#cc333308').png()],
    ['bytes that are no image', 'damaged', () => ({ toBuffer: async () => Buffer.from('<svg/>') })],
  ] as const)('refuses %s as %s', async (_, fault, draw) => {
    expect(await faultOf(await draw().toBuffer(), SQUARE)).toBe(fault);
  });

  it.each([
    ['the sizes that providers round to', 896, 1152, { aspectRatios: [3 / 4], sidePx: 1024 }, undefined],
    ['a third fewer pixels than requested', 512, 512, { aspectRatios: [1], sidePx: 768 }, undefined],
    ['the reference’s shape', 768, 512, { aspectRatios: [1, 3 / 2], sidePx: 768 }, undefined],
    ['any shape after the reference is gone', 900, 300, { aspectRatios: [], sidePx: 0 }, undefined],
    ['3:4 instead of 9:16', 768, 1024, { aspectRatios: [9 / 16], sidePx: 1024 }, 'of another shape'],
    ['landscape instead of portrait', 1024, 768, { aspectRatios: [3 / 4], sidePx: 1024 }, 'of another shape'],
    ['a quarter of the requested side', 256, 256, { aspectRatios: [1], sidePx: 1024 }, 'too small'],
  ] as const)('judges %s: %i x %i', async (_, width, height, requested, fault) => {
    const face = `<circle cx="${width / 2}" cy="${height / 2}" r="${width / 4}" fill="#fff"/>`;
    expect(await faultOf(await canvas('#345', face, width, height).png().toBuffer(), requested)).toBe(fault);
  });
});
