import { namesUndrawn } from './lexicon.ts';
import type { Phrase } from './phrases.ts';

/** A long list helps nobody; what is said first matters most. */
const MAX_REPORTED = 8;
const MAX_LENGTH = 60;
/** Verbs and adjectives of unknown words are no things. */
const NOT_A_THING = /(?:ing|ly|ed|ish|ous|ful|ive|est)$/;

/** Things that are said and that no drawing shows: known ones, and unknown words where a thing would stand. */
export function notDrawnOf(phrases: readonly Phrase[]): string[] {
  const sitter = phrases.findIndex(({ head }) => head?.is === 'being' || head?.is === 'occupation');
  const things = phrases.flatMap((phrase, index) => {
    const { head, headText, negated } = phrase;
    if (negated) return [];
    if (head?.is === 'undrawn') return [headText];
    if (phrase.relation === 'with' && head?.is === 'being' && phrase.determined && index > sitter) return [headText];
    if (phrase.relation === 'hold' && head !== undefined && HELD.has(head.is)) return [headText];
    return head === undefined ? unknownThing(phrase) : [];
  });
  return [...new Set(things)].slice(0, MAX_REPORTED).map((thing) => thing.slice(0, MAX_LENGTH));
}

const HELD = new Set(['garment', 'generic', 'hat', 'eyewear', 'accessory', 'being']);

function unknownThing({ unknown, modifiers, relation, determined }: Phrase): string[] {
  const last = modifiers.at(-1);
  // "With a football", where the word that usually describes is itself the thing.
  if (last !== undefined && unknown.length === 0 && (relation === 'with' || relation === 'hold'))
    return namesUndrawn(last) ? [last.text] : [];
  const word = unknown.at(-1);
  if (word === undefined || NOT_A_THING.test(word) || word.length < 3) return [];
  const stands =
    relation === 'with' ||
    relation === 'wear' ||
    relation === 'hold' ||
    ((relation === 'in' || relation === 'at') && determined);
  return stands ? [unknown.slice(-2).join(' ')] : [];
}
