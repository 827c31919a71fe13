import { READINGS } from './prompt-lexicon.ts';

/** A word of a text as its user wrote it. */
interface Word {
  readonly text: string;
  readonly lower: string;
  readonly at: number;
}

type Rule = (words: readonly Word[], at: number, text: string) => boolean;

/** Replaces a word that is read as a name, a place or another language's word, so that its neighbors form no new phrase. */
const NEUTRAL = 'name';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CAPITALIZED = /^\p{Lu}\p{Ll}+$/u;

const lowerAt = (words: readonly Word[], at: number) => words[at]?.lower ?? '';
const isCapitalized = (word: Word | undefined) => word !== undefined && CAPITALIZED.test(word.text);
/** What stands between a word and the next one. */
const gapAfter = (words: readonly Word[], at: number, text: string) => {
  const word = words[at];
  return word ? text.slice(word.at + word.text.length, words[at + 1]?.at) : '';
};
const isMentioned = (words: readonly Word[], set: ReadonlySet<string>) => words.some(({ lower }) => set.has(lower));

/** "Enrique “Kike” García", but neither "a kike" nor "a dirty Kike". */
const isName: Rule = (words, at) =>
  isCapitalized(words[at]) &&
  !READINGS.determiners.has(lowerAt(words, at - 1)) &&
  !isMentioned(words, READINGS.insults);

/** The same between capitals or before a comma: "Alan Cumming", but not "Cumming on". */
const isSurname: Rule = (words, at, text) =>
  isName(words, at, text) &&
  isCapitalized(words[at - 1]) &&
  (isCapitalized(words[at + 1]) || /^\W*[^\w\s]|^\W*$/u.test(gapAfter(words, at, text)));

/** "from Fucking, the Austrian village" and "Fucking, Austria", but not "in Fucking hell". */
const isTown: Rule = (words, at, text) => {
  if (!isCapitalized(words[at])) return false;
  const gap = gapAfter(words, at, text);
  if (/^\s*,/u.test(gap) && isCapitalized(words[at + 1])) return true;
  const ends = gap.trim() !== '' || words[at + 1] === undefined;
  return READINGS.towards.has(lowerAt(words, at - 1)) && (ends || READINGS.afterTown.has(lowerAt(words, at + 1)));
};

/** "un homme en retard". */
const isFrench: Rule = (words, at) => READINGS.beforeFrench.has(lowerAt(words, at - 1));

/** The Latin "with": "Chorlton-cum-Hardy", "a kitchen-cum-studio". */
const isLatin: Rule = (words, at, text) =>
  (gapAfter(words, at - 1, text) === '-' && gapAfter(words, at, text) === '-') ||
  (isCapitalized(words[at - 1]) && isCapitalized(words[at + 1]));

const near =
  (company: ReadonlySet<string>): Rule =>
  (words) =>
    isMentioned(words, company) && !isMentioned(words, READINGS.insults);

const RULES: readonly (readonly [ReadonlySet<string>, Rule])[] = [
  [READINGS.firstNames, isName],
  [READINGS.surnames, isSurname],
  [READINGS.towns, isTown],
  [READINGS.french, isFrench],
  [READINGS.latin, isLatin],
  [READINGS.dogs, near(READINGS.besideDogs)],
  [READINGS.bundles, near(READINGS.besideBundles)],
];
const KNOWN = new Set(RULES.flatMap(([terms]) => [...terms]));

/**
 * The text without the refused words that are read as something else here: a name, a place, a dog, a word of another language. Only
 * words that are spelled out are read so; a disguised one has no innocent reading. prompt-lexicon.ts has the words.
 */
export function withoutInnocentReadings(text: string): string {
  const words = [...text.matchAll(WORD)].map((found): Word => {
    return { text: found[0], lower: found[0].toLowerCase(), at: found.index };
  });
  let left = text;
  for (const [at, word] of [...words.entries()].toReversed()) {
    if (!KNOWN.has(word.lower)) continue;
    if (RULES.some(([terms, reads]) => terms.has(word.lower) && reads(words, at, text))) {
      left = left.slice(0, word.at) + NEUTRAL + left.slice(word.at + word.text.length);
    }
  }
  return left;
}
