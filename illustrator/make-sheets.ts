import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp, { type OverlayOptions } from 'sharp';
import { isStyle } from '#domain/prompt/style.ts';
import type { PortraitRequest } from './portrait-types.ts';
import { renderPortrait } from './render-portrait.ts';

/** `npm run sheets`: draws the starting presets onto one contact sheet, so that a change of drawing can be looked at. */

const PRESETS = new URL('../domain/prompt/gallery-presets.json', import.meta.url);
const SHEET = new URL('../docs/illustrator-presets.png', import.meta.url);
const COLUMNS = 6;
const CELL_PX = 224;
const GAP_PX = 8;
const PAPER = '#f9f7f3';
/** Of a palette of 256: half a megabyte, and no banding that one would see. */
const SHEET_QUALITY = 90;
/** Cells are drawn at this size and reduced, as the thumbnails of the app are. */
const DRAWN_PX = 512;
const FIRST_SEED = 1_000;

interface Preset {
  readonly name: string;
  readonly generationPrompt: string;
  readonly visualAttributes: PortraitRequest['attributes'] & { readonly style: string };
}

function requestFor({ name, generationPrompt, visualAttributes }: Preset, index: number): PortraitRequest {
  const { style } = visualAttributes;
  if (!isStyle(style)) throw new Error(`preset ${name} has no known style`);
  const size = { widthPx: DRAWN_PX, heightPx: DRAWN_PX };
  return { style, attributes: visualAttributes, prompt: generationPrompt, seed: FIRST_SEED + index, ...size };
}

const presets = JSON.parse(await readFile(PRESETS, 'utf8')) as Preset[];
const tiles: OverlayOptions[] = [];
for (const [index, preset] of presets.entries()) {
  const { bytes } = await renderPortrait(requestFor(preset, index));
  tiles.push({
    input: await sharp(bytes).resize(CELL_PX, CELL_PX).png().toBuffer(),
    left: GAP_PX + (index % COLUMNS) * (CELL_PX + GAP_PX),
    top: GAP_PX + Math.floor(index / COLUMNS) * (CELL_PX + GAP_PX),
  });
}
const across = (count: number): number => GAP_PX + count * (CELL_PX + GAP_PX);
const sheet = await sharp({
  create: {
    width: across(COLUMNS),
    height: across(Math.ceil(presets.length / COLUMNS)),
    channels: 3,
    background: PAPER,
  },
})
  .composite(tiles)
  .png({ palette: true, quality: SHEET_QUALITY, effort: 10 })
  .toBuffer();
await mkdir(new URL('.', SHEET), { recursive: true });
await writeFile(SHEET, sheet);
console.log(`${presets.length} presets on docs/illustrator-presets.png, ${Math.round(sheet.length / 1024)} KB`);
