import { LEXICON } from './prompt-policy-lexicon.ts';
import { folded, tokensOf } from './prompt-policy-text.ts';

/** How many words of a phrase begin here; 0 when none does. The longest counts. */
export type FindPhrase = (words: readonly string[], at: number) => number;

/** Stands where an innocent phrase was, so that its neighbours do not become one. */
const GONE = '';

/** Finds any of these phrases at a place in a row of words, in the plural too. */
export function phraseFinder(phrases: readonly string[]): FindPhrase {
  const known = new Set(phrases.map((phrase) => tokensOf(folded(phrase)).join(' ')));
  const longest = Math.max(...[...known].map((phrase) => phrase.split(' ').length));
  const begins = new Set([...known].map((phrase) => phrase.split(' ')[0]));
  return (words, at) => {
    const first = words[at] ?? GONE;
    if (!begins.has(first) && !begins.has(singular(first))) return 0;
    for (let count = Math.min(longest, words.length - at); count > 0; count -= 1) {
      const phrase = words.slice(at, at + count).join(' ');
      if (known.has(phrase) || known.has(singular(phrase))) return count;
    }
    return 0;
  };
}

const innocentAt = phraseFinder(LEXICON.innocent);

/** The words without everyday phrases that only look like others. */
export function withoutInnocent(words: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length;) {
    const count = innocentAt(words, at);
    left.push(count > 0 ? GONE : (words[at] ?? GONE));
    at += Math.max(1, count);
  }
  return left;
}

const ADULT_AGE = 18;
const SPELLED =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'.split(
    ' ',
  );
const YEARS = new Set(['year', 'years', 'yr', 'yrs', 'jahre']);
/** Say an age without a further word. */
const ALONE = new Set(['yo', 'ans', 'jährige', 'años', 'лет'].map(folded));
const AGED = new Set(['age', 'aged']);
/** Say an age from ten on, where no measure follows: "she is 16". */
const BEING = new Set(['is', 'am', 'im', 'only', 'just', 'turned', 'looks']);
const MEASURES = new Set(['feet', 'foot', 'ft', 'inches', 'cm', 'metres', 'meters', 'hands', 'stone', 'kilos', 'kg']);
/** Follow a span of time that is nobody's age: "12 years of war". */
const SPANS = new Set([
  'ago',
  'at',
  'before',
  'earlier',
  'experience',
  'in',
  'into',
  'later',
  'long',
  'on',
  'since',
  'service',
]);
const SHORT_AGE = /^(\d{1,2})(?:yo|yrs?|years?|y)$/u;
const TEN = 10;

/** An age below 18, however it is put: "12 years old", "twelve-year-old", "aged 12", "12yo", "she is 12". */
export function saysMinorAge(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const short = SHORT_AGE.exec(word)?.[1];
    if (short !== undefined) return isMinor(Number(short));
    const age = ageOf(word);
    if (!isMinor(age)) return false;
    const [before = GONE, next = GONE, afterNext = GONE] = [words[at - 1], words[at + 1], words[at + 2]];
    if (AGED.has(before) || ALONE.has(next) || (next === 'y' && afterNext === 'o')) return true;
    if (YEARS.has(next)) return !SPANS.has(afterNext) && (afterNext !== 'of' || words[at + 3] === 'age');
    return age >= TEN && BEING.has(before) && !MEASURES.has(next);
  });
}

function ageOf(word: string): number {
  return /^\d{1,2}$/u.test(word) ? Number(word) : SPELLED.indexOf(word);
}

function isMinor(age: number): boolean {
  return age > 0 && age < ADULT_AGE;
}

const groupAt = phraseFinder(LEXICON.group);
const demandAt = phraseFinder(LEXICON.demand);
const contemptAt = phraseFinder(LEXICON.contempt);

/** Harm that is asked for, or contempt that is said, of a group of people. */
export function saysHateOfGroup(words: readonly string[]): boolean {
  return words.some((_, at) => {
    const demanded = demandAt(words, at);
    // "… all", "… all the", "… all those": a word may stand between.
    if (demanded > 0 && (groupAt(words, at + demanded) > 0 || groupAt(words, at + demanded + 1) > 0)) return true;
    const group = groupAt(words, at);
    return group > 0 && (contemptAt(words, at + group) > 0 || contemptAt(words, at + group + 1) > 0);
  });
}

function singular(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
