/** Signs that nobody sees: soft hyphens, zero-width spaces, direction overrides, tags. The joiner inside an emoji stays. */
const INVISIBLE =
  /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Cs}/gu;
const SPACES = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Whatever ends a sentence or opens a bracket: a trait stays one clause, however it is written. */
const STRUCTURE = /[.!?;:,…<>{}[\]()|"“”„«»`\\*#=]+/gu;

/** One line of what people see, composed (NFC). */
export function cleaned(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}

/** A few words without any sign that could begin another sentence. */
export function clause(text: string): string {
  return cleaned(cleaned(text).replace(STRUCTURE, ' '));
}

/** Characters as people count them. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** At most so many characters, cut between words where there are any. */
export function truncateAtWord(text: string, maxLength: number): string {
  const characters = [...text];
  if (characters.length <= maxLength) return text;
  const cut = characters.slice(0, maxLength).join('');
  const end = cut.lastIndexOf(' ');
  return (end > cut.length / 2 ? cut.slice(0, end) : cut).trimEnd();
}
