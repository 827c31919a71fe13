import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp, { type OverlayOptions } from 'sharp';
import { isStyle, STYLES } from '#domain/prompt/style.ts';
import type { PortraitRequest } from './portrait-types.ts';
import { renderPortrait } from './render-portrait.ts';

/**
 * `npm run sheets`: draws the starting presets and 48 prompts onto contact sheets, so that a change of drawing can be looked at. Give a
 * style (`npm run sheets -- comic /tmp/comic.png`) to see the prompts in that style alone.
 */

const PRESETS = new URL('../domain/prompt/gallery-presets.json', import.meta.url);
const PROMPTS = new URL('evaluation/sheet-prompts.json', import.meta.url);
const DOCS = new URL('../docs/', import.meta.url);
const GAP_PX = 8;
const PAPER = '#f9f7f3';
/** Of a palette of 256: half a megabyte, and no banding that one would see. */
const SHEET_QUALITY = 90;
/** Cells are drawn at this size and reduced, as the thumbnails of the app are. */
const DRAWN_PX = 512;
const FIRST_SEED = 1_000;

interface Preset {
  readonly generationPrompt: string;
  readonly visualAttributes: PortraitRequest['attributes'] & { readonly style: string };
}

const size = { widthPx: DRAWN_PX, heightPx: DRAWN_PX };

function presetRequest({ generationPrompt, visualAttributes }: Preset, index: number): PortraitRequest {
  const { style } = visualAttributes;
  if (!isStyle(style)) throw new Error(`no style is called ${style}`);
  return { style, attributes: visualAttributes, prompt: generationPrompt, seed: FIRST_SEED + index, ...size };
}

/** The prompts in one style, or in all styles in turn. */
function promptRequest(style: string | undefined) {
  return (prompt: string, index: number): PortraitRequest => {
    const own = style !== undefined && isStyle(style) ? style : STYLES[index % STYLES.length]!;
    return { style: own, attributes: {}, prompt, seed: FIRST_SEED + index, ...size };
  };
}

async function drawSheet(
  file: URL | string,
  requests: readonly PortraitRequest[],
  columns: number,
  cellPx: number,
): Promise<void> {
  const tiles: OverlayOptions[] = [];
  for (const [index, request] of requests.entries()) {
    const { bytes } = await renderPortrait(request);
    tiles.push({
      input: await sharp(bytes).resize(cellPx, cellPx).png().toBuffer(),
      left: GAP_PX + (index % columns) * (cellPx + GAP_PX),
      top: GAP_PX + Math.floor(index / columns) * (cellPx + GAP_PX),
    });
  }
  const across = (count: number): number => GAP_PX + count * (cellPx + GAP_PX);
  const [width, height] = [across(columns), across(Math.ceil(requests.length / columns))];
  const sheet = await sharp({ create: { width, height, channels: 3, background: PAPER } })
    .composite(tiles)
    .png({ palette: true, quality: SHEET_QUALITY, effort: 10 })
    .toBuffer();
  await writeFile(file, sheet);
  console.log(`${requests.length} portraits on ${file.toString()}, ${Math.round(sheet.length / 1024)} KB`);
}

const prompts = JSON.parse(await readFile(PROMPTS, 'utf8')) as string[];
const [style, file] = process.argv.slice(2);
if (style !== undefined && file !== undefined) {
  await drawSheet(file, prompts.map(promptRequest(style)), 8, 224);
} else {
  const presets = JSON.parse(await readFile(PRESETS, 'utf8')) as Preset[];
  await mkdir(DOCS, { recursive: true });
  await drawSheet(new URL('illustrator-presets.png', DOCS), presets.map(presetRequest), 6, 224);
  await drawSheet(new URL('illustrator-prompts.png', DOCS), prompts.map(promptRequest(undefined)), 8, 192);
}
