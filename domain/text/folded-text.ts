/**
 * Accents of the European scripts, and the optional vowel signs of Hebrew and Arabic. Signs without which a word of another script is
 * another word, such as those of Devanagari and Thai, are not among them.
 */
const ACCENTS = String.raw`\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670`;
const INVISIBLE = String.raw`\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\u{E0000}-\u{E0FFF}`;
const APOSTROPHES = String.raw`\u0027\u0060\u02B9-\u02BC\u02BE\u02BF\u2018-\u201B\u2032\u2035\u05F3`;
const REMOVED = new RegExp(`[${ACCENTS}${INVISIBLE}${APOSTROPHES}]`, 'gu');
/** White space and punctuation of ASCII, Latin-1, general punctuation, and scripts with their own. */
const SPACES = new RegExp(
  String.raw`[\u0009-\u000D\u0020\u0085\u1680\u2028\u2029` +
    String.raw`!-#%-*,-/:;?@\u005B-\u005D_\u007B\u007D\u00A1\u00A7\u00AB\u00B6\u00B7\u00BB\u00BF` +
    String.raw`\u2010-\u2027\u2030-\u205E\u3001-\u3003\u3008-\u3011\u3014-\u301F\u30FB\u037E\u0387` +
    String.raw`\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u0E4F\u0E5A\u0E5B\u104A-\u104F\u1361-\u1368]+`,
  'gu',
);
/** Letters that Unicode doesn't decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * A text as search compares it: without case, accents, width, punctuation and invisible characters. The SQL function `fold_text`
 * has the same results; a test compares them for every code point.
 */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .replace(LETTER, (letter) => LETTERS[letter]!)
    .replace(REMOVED, '')
    .replace(SPACES, ' ')
    .trim();
}

/** The words of a search; undefined when nothing is searched for. Signs alone are a search without words, which finds nothing. */
export function searchTerms(search: string | undefined): string[] | undefined {
  if (search === undefined || search.trim() === '') return undefined;
  return foldedText(search)
    .split(' ')
    .filter((term) => term !== '');
}

/** Whether each term occurs in one of the texts. False when there are no terms. */
export function matchesTerms(terms: readonly string[], texts: readonly string[]): boolean {
  const folded = foldedText(texts.join(' '));
  return terms.length > 0 && terms.every((term) => folded.includes(term));
}
