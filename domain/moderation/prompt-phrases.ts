import { LEXICON } from './prompt-lexicon.ts';
import { folded, tokensOf } from './prompt-readings.ts';

/** The length in words of the longest phrase that begins at `at`; 0 without one. */
export type FindPhrase = (words: readonly string[], at: number) => number;

/** Replaces an innocent phrase, so that the words around it do not form a new phrase. */
const REMOVED = '';

/** Finds these phrases, also in the plural, at an index of a list of words. */
export function phraseFinder(phrases: readonly string[]): FindPhrase {
  const known = new Set(phrases.map((phrase) => tokensOf(folded(phrase)).join(' ')));
  const longest = Math.max(...[...known].map((phrase) => phrase.split(' ').length));
  const begins = new Set([...known].map((phrase) => phrase.split(' ')[0]));
  return (words, at) => {
    const first = words[at] ?? REMOVED;
    if (!begins.has(first) && !begins.has(singular(first))) return 0;
    for (let count = Math.min(longest, words.length - at); count > 0; count -= 1) {
      const phrase = words.slice(at, at + count).join(' ');
      if (known.has(phrase) || known.has(singular(phrase))) return count;
    }
    return 0;
  };
}

const innocentAt = phraseFinder(LEXICON.innocent);

/** The words without the innocent phrases of the lexicon. */
export function withoutInnocent(words: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length;) {
    const count = innocentAt(words, at);
    left.push(count > 0 ? REMOVED : (words[at] ?? REMOVED));
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
/** Words that make the number before them an age. */
const ALONE = new Set(['yo', 'ans', 'jährige', 'años', 'лет'].map(folded));
const AGED = new Set(['age', 'aged']);
/** Words that make the number after them an age, if it is at least ten and no measure follows: "she is 16". */
const BEING = new Set(['is', 'am', 'im', 'only', 'just', 'turned', 'looks']);
const MEASURES = new Set(['feet', 'foot', 'ft', 'inches', 'cm', 'metres', 'meters', 'hands', 'stone', 'kilos', 'kg']);
/** Words after a span of time that is not an age: "12 years later". */
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
/** What is as old as the years before it, and no person: "12-year-old single malt". */
const MATURED = new Set(
  'single malt malts whisky whiskey scotch bourbon rum cognac brandy port wine cheddar cheese oak bonsai car house'.split(
    ' ',
  ),
);
const SHORT_AGE = /^(\d{1,2})(?:yo|yrs?|years?|y)$/u;
const TEN = 10;

/** Whether the words mention an age below 18: "12 years old", "twelve-year-old", "aged 12", "12yo", "she is 12". */
export function mentionsMinorAge(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const short = SHORT_AGE.exec(word)?.[1];
    if (short !== undefined) return isMinor(Number(short));
    const age = ageOf(word);
    if (!isMinor(age)) return false;
    const [before = REMOVED, next = REMOVED, afterNext = REMOVED] = [words[at - 1], words[at + 1], words[at + 2]];
    if (AGED.has(before) || ALONE.has(next) || (next === 'y' && afterNext === 'o')) return true;
    if (YEARS.has(next) && afterNext === 'old' && MATURED.has(words[at + 3] ?? REMOVED)) return false;
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

/** Whether the words demand harm to a group of people, or express contempt for it. */
export function mentionsHateOfGroup(words: readonly string[]): boolean {
  return words.some((_, at) => {
    const demanded = demandAt(words, at);
    // One word may stand between: "… all", "… all the", "… all those".
    if (demanded > 0 && (groupAt(words, at + demanded) > 0 || groupAt(words, at + demanded + 1) > 0)) return true;
    const group = groupAt(words, at);
    return group > 0 && (contemptAt(words, at + group) > 0 || contemptAt(words, at + group + 1) > 0);
  });
}

function singular(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
