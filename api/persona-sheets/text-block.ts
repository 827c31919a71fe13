import sharp from 'sharp';
import { FONT_FAMILIES } from './fonts.ts';

export interface TextStyle {
  /** Pixels. */
  readonly size: number;
  /** As CSS writes it: `#rrggbb`. */
  readonly color: string;
  readonly bold?: boolean;
  /** Pixels from line to line beyond the font's own. */
  readonly spacing?: number;
}

export interface TextBox {
  /** Pixels. */
  readonly width: number;
  /** Pixels; longer text ends in an ellipsis. */
  readonly height: number;
}

export interface TextBlock {
  readonly png: Buffer;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** 72 dots an inch make a point a pixel. */
const DOTS_PER_INCH = 72;
/** Each cuts at least a tenth. */
const CUTS_MAX = 24;
const KEPT_AT_MOST = 0.9;
/** Something that leaves a mark: not white space, not an invisible sign, not the empty Braille cell. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{C}\u2800]/u;

/** Text broken into lines, shaped and ordered as its script wants it. Undefined where there is nothing to show. */
export async function textBlock(text: string, style: TextStyle, box: TextBox): Promise<TextBlock | undefined> {
  let shown = plain(text);
  let block = await draw(shown, style, box.width);
  for (let cut = 0; block && block.height > box.height && cut < CUTS_MAX; cut += 1) {
    shown = shortened(shown, Math.min(KEPT_AT_MOST, box.height / block.height));
    block = await draw(shown, style, box.width);
  }
  return block && (block.height > box.height || block.width > box.width ? clipped(block, box) : block);
}

async function draw(text: string, style: TextStyle, width: number): Promise<TextBlock | undefined> {
  if (!VISIBLE.test(text)) return undefined;
  const { size, color, bold = false, spacing = 0 } = style;
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${color}" weight="${bold ? 'semibold' : 'normal'}">${escaped(text)}</span>`,
      font: `${FONT_FAMILIES} ${size}`,
      width,
      dpi: DOTS_PER_INCH,
      wrap: 'word-char',
      spacing,
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
    .catch(unlessInvisible);
  return data && { png: data, width: info.width, height: info.height };
}

/** What a font draws nothing for is a matter of the font; libvips then has no box to make an image of. */
function unlessInvisible(error: Error): { data?: undefined; info?: undefined } {
  if (!error.message.includes('no text to render')) throw error;
  return {};
}

/** Whole words where there are any, whole characters always. */
function shortened(text: string, share: number): string {
  const characters = [...text.replace(/…$/u, '')];
  const kept = characters.slice(0, Math.floor(characters.length * share)).join('');
  return `${kept.replace(/\s+\S{0,20}$/u, '').trimEnd()}…`;
}

/** One line of one alphabet may still be taller than its box: marks upon marks. */
async function clipped({ png, width, height }: TextBlock, box: TextBox): Promise<TextBlock> {
  const size = { width: Math.min(width, box.width), height: Math.min(height, box.height) };
  return {
    png: await sharp(png)
      .extract({ left: 0, top: 0, ...size })
      .png()
      .toBuffer(),
    ...size,
  };
}

/** By its first letter, as Unicode's bidirectional algorithm has it for a paragraph. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

/** What would be an empty box is left out: control characters but line breaks, halves of surrogate pairs, color emoji. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{C}\n\p{Cf}]|\p{Emoji_Presentation}/gu, '')
    .trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
