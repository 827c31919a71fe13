const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/**
 * Each of these is a character, whatever is next to it: most of Latin, Greek, Cyrillic, kana, Han, and punctuation. A carriage return is
 * not: it joins a line feed. Segmenting takes thirty times longer.
 */
const ONE_BY_ONE =
  /^[\t\n\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF\uFF01-\uFF5E]*$/;
/**
 * Code points that a character may have on average: a letter with three accents, two Devanagari syllables, half a family. The limit
 * bounds what is stored, however many marks are stacked.
 */
export const CODE_POINTS_PER_CHARACTER = 4;

/** The characters as a reader sees them: extended grapheme clusters. */
export function charactersOf(text: string): string[] {
  return ONE_BY_ONE.test(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Length in characters as a reader counts them. Every limit of a text that is typed counts in these, in page and API. */
export function lengthOf(text: string): number {
  return ONE_BY_ONE.test(text) ? text.length : charactersOf(text).length;
}

/** Whether the text has at most `max` characters, and no more code points than that many characters may have. */
export function fits(text: string, max: number): boolean {
  // No character is shorter than one UTF-16 unit.
  if (text.length <= max) return true;
  const codePointsMax = max * CODE_POINTS_PER_CHARACTER;
  // First by UTF-16 units, so that a huge text isn't segmented.
  return text.length <= 2 * codePointsMax && codePointsOf(text) <= codePointsMax && lengthOf(text) <= max;
}

/** Length in code points, as Postgres and JSON Schema count. */
export function codePointsOf(text: string): number {
  return [...text].length;
}

/** The beginning of the text: as many whole characters as are at most `max`, in characters and in code points. */
export function beginning(text: string, max: number, codePointsMax = max * CODE_POINTS_PER_CHARACTER): string {
  if (fits(text, max) && codePointsOf(text) <= codePointsMax) return text;
  let codePoints = 0;
  const characters = charactersOf(text).slice(0, max);
  const end = characters.findIndex((character) => (codePoints += codePointsOf(character)) > codePointsMax);
  return (end === -1 ? characters : characters.slice(0, end)).join('');
}
