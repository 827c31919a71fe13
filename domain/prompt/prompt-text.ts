/** Of a prompt as the user writes it, code points. */
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

/** The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Length in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Truncates to a number of characters, between words where possible. */
export function truncateAtWord(text: string, maxLength: number): string {
  const characters = [...text];
  if (characters.length <= maxLength) return text;
  const cut = characters.slice(0, maxLength).join('');
  const end = cut.lastIndexOf(' ');
  return (end > cut.length / 2 ? cut.slice(0, end) : cut).trimEnd();
}
