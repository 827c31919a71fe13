import sharp from 'sharp';
import { charactersOf } from '#domain/text/characters.ts';
import { isVisible } from '#domain/text/visible-text.ts';
import { FONT_FAMILIES } from './fonts.ts';

export interface TextStyle {
  /** Pixels. */
  readonly size: number;
  /** As CSS writes it: `#rrggbb`. */
  readonly color: string;
  readonly bold?: boolean;
  /** Additional space between lines, pixels. */
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

/** At 72 dots per inch a point is a pixel. */
const DOTS_PER_INCH = 72;
const CUTS_MAX = 24;
/** Each cut removes at least a tenth of the text. */
const SHARE_AFTER_CUT_MAX = 0.9;

/**
 * Renders drawable text, wrapped to the box's width and shaped for its script; text that is too long ends in an ellipsis.
 * @returns undefined when the text has no visible character
 */
export async function textBlock(text: string, style: TextStyle, box: TextBox): Promise<TextBlock | undefined> {
  let shown = text;
  let block = await draw(shown, style, box.width);
  for (let cut = 0; block && block.height > box.height && cut < CUTS_MAX; cut += 1) {
    shown = shortened(shown, Math.min(SHARE_AFTER_CUT_MAX, box.height / block.height));
    block = await draw(shown, style, box.width);
  }
  return block && (block.height > box.height || block.width > box.width ? clipped(block, box) : block);
}

async function draw(text: string, style: TextStyle, width: number): Promise<TextBlock | undefined> {
  if (!isVisible(text)) return undefined;
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

/** libvips fails when the font draws nothing for any of the characters. */
function unlessInvisible(error: Error): { data?: undefined; info?: undefined } {
  if (!error.message.includes('no text to render')) throw error;
  return {};
}

/** Cuts at a word boundary where there is one, and never within a character. */
function shortened(text: string, share: number): string {
  const characters = charactersOf(text.replace(/…$/u, ''));
  const remaining = characters.slice(0, Math.floor(characters.length * share)).join('');
  return `${remaining.replace(/[\s\u200B]+[^\s\u200B]{0,20}$/u, '').trimEnd()}…`;
}

/** A single line may still be taller than its box when diacritics are stacked. */
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

/** Decides by the first letter, as Unicode's bidirectional algorithm does for a paragraph. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
