/** Embeddings, overrides and isolates turn the words after them. Whatever quotes a text isolates it as a whole instead. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Tags spell a region's flag after a black flag; elsewhere they are hidden text. */
const FLAG_OR_TAGS = /(\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F})|[\u{E0000}-\u{E007F}]+/gu;
/** Without ink: white space, ignorable characters, annotation marks, the blank Braille cell, the null notehead. */
const BLANK = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800\u{1D159}`;
const VISIBLE = new RegExp(String.raw`[^${BLANK}\p{Cf}\p{Cs}\p{M}]`, 'u');
const BLANK_START = new RegExp(`^[${BLANK}]+`, 'u');
/** Invisible characters at the end that show: they choose an emoji's or a Chinese character's form, or spell a flag. */
const FORM = String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]|(?<=\p{Script=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]|[\u{E0020}-\u{E007F}]`;
const BLANK_END = new RegExp(`(?:(?!${FORM})[${BLANK}])(?:[${BLANK}])*$`, 'u');

/** Whether a person would see something. Marks alone don't count: they would be drawn over what comes before. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/**
 * A typed text as it is stored: composed (NFC), without what turns the words around it, without hidden tags, and without white space
 * and invisible characters at its ends. Joiners within emoji and words stay.
 */
export function cleanText(text: string): string {
  return text
    .replace(DIRECTIONS, '')
    .replace(FLAG_OR_TAGS, '$1')
    .normalize('NFC')
    .replace(BLANK_START, '')
    .replace(BLANK_END, '');
}
