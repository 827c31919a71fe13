import { beginning } from '../text/characters.ts';

/** Of a prompt as the user writes it, characters. */
export const PROMPT_MAX_LENGTH = 1_000;

/** Invisible characters: soft hyphens, zero-width spaces, direction overrides, tags. The joiner inside an emoji stays. */
const INVISIBLE =
  /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Cs}/gu;
const SPACES = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Characters that end a sentence or open a bracket, so that a trait stays one clause. */
const STRUCTURE = /[.!?;:,…<>{}[\]()|"“”„«»`\\*#=]+/gu;

/** The visible text in one row, composed (NFC). */
export function cleaned(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}

/** A short text without characters that could start another sentence. */
export function clause(text: string): string {
  return cleaned(cleaned(text).replace(STRUCTURE, ' '));
}

/** Digraphs whose capital form at the beginning of a word is not their upper case. */
const TITLE_CASE: Readonly<Record<string, string>> = { ǆ: 'ǅ', ǉ: 'ǈ', ǌ: 'ǋ', ǳ: 'ǲ' };
/** Scripts whose upper case is for words in capitals only. */
const WITHOUT_CAPITALS = /\p{Script=Georgian}/u;

/** The text with a capital first letter, if that has one: ß, for example, would become two other letters. */
export function capitalized(text: string): string {
  const [first = ''] = text;
  return capitalOf(first) + text.slice(first.length);
}

function capitalOf(letter: string): string {
  const title = TITLE_CASE[letter];
  if (title !== undefined || WITHOUT_CAPITALS.test(letter)) return title ?? letter;
  const upper = letter.toUpperCase();
  return upper.toLowerCase() === letter ? upper : letter;
}

/** Truncates to a number of characters, between words where possible. */
export function truncateAtWord(text: string, maxLength: number): string {
  const cut = beginning(text, maxLength);
  if (cut === text) return text;
  const end = cut.lastIndexOf(' ');
  return (end > cut.length / 2 ? cut.slice(0, end) : cut).trimEnd();
}
