import { charactersOf } from '#domain/text/characters.ts';
import { cleanText } from '#domain/text/visible-text.ts';
import { loadFonts } from './fonts.ts';

/** Stacked marks beyond these would reach into other lines. */
const MARKS_MAX = 4;
const MANY_MARKS = new RegExp(String.raw`(\p{Mn}{${MARKS_MAX}})\p{Mn}+`, 'gu');
/** Scripts that write without spaces, and whose lines break between words. */
const WITHOUT_SPACES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const words = new Intl.Segmenter('th', { granularity: 'word' });
const ZERO_WIDTH_SPACE = '\u200B';

export interface DrawableText {
  readonly text: string;
  /** False when characters are left out that no font has. */
  readonly isComplete: boolean;
}

/** The text as it can be drawn, after the fonts for it are loaded: without empty boxes, and with breaks between Thai words. */
export async function drawableText(text: string): Promise<DrawableText> {
  const clean = cleanText(text.toWellFormed())
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .replaceAll(MANY_MARKS, '$1');
  const plain = await withPlainForms(clean);
  const missing = await loadFonts(plain);
  const drawn = charactersOf(plain)
    .filter((character) => ![...character].some((sign) => missing.has(sign.codePointAt(0)!)))
    .join('');
  return { text: drawn.replaceAll(WITHOUT_SPACES, withBreaks).trim(), isComplete: drawn === plain };
}

/** Mathematical and other decorated letters that no font has become the letters that they stand for. */
async function withPlainForms(text: string): Promise<string> {
  const missing = await loadFonts(text);
  return Array.from(text, (sign) => (missing.has(sign.codePointAt(0)!) ? sign.normalize('NFKC') : sign)).join('');
}

function withBreaks(text: string): string {
  return Array.from(words.segment(text), ({ segment }) => segment).join(ZERO_WIDTH_SPACE);
}
