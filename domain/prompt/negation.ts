/**
 * Painters without a negative prompt paint what they read, so "no glasses" brings glasses. Each thing here has words for
 * what is there instead, to be read after "with".
 */
const INSTEAD: readonly (readonly [things: string, positive: string])[] = [
  ['(?:eye)?glasses|spectacles|sunglasses', 'bare eyes'],
  ['beard|facial hair|moustache|mustache|stubble', 'a clean-shaven face'],
  ['hat|cap|headwear|helmet|hood', 'a bare head'],
  ['hair', 'a shaved head'],
  ['make-?up|cosmetics|lipstick', 'natural bare skin'],
  ['jewell?ery|jewelry|earrings?|necklace|accessories', 'plain unadorned clothes'],
  ['smile', 'a calm closed mouth'],
  ['background|scenery', 'a plain empty backdrop'],
  ['text|letters|writing|watermarks?|logos?|signature', 'a clean unmarked surface'],
  ['(?:other )?people|crowd|others', 'an empty surrounding'],
  ['freckles|wrinkles|blemishes|scars?', 'smooth skin'],
  ['shadows?', 'even light'],
  ['blur|bokeh', 'everything in focus'],
  ['weapons?|guns?|swords?|gloves', 'bare empty hands'],
  ['colou?rs?', 'black and white tones'],
];

const NEGATOR = String.raw`(?:with )?\b(?:no|without(?: an?| any)?|not wearing(?: an?| any)?)`;

interface Replacement {
  readonly said: string;
  readonly instead: string;
}

export interface Positive {
  /** The words, each known negation said positively. */
  readonly text: string;
  readonly replacements: readonly Replacement[];
  /** What was not wanted: for painters that take a negative prompt. */
  readonly unwanted: readonly string[];
}

/** Says the positive for what is negated and known; what is not known stays as it was written. */
export function saidPositively(words: string): Positive {
  let text = words;
  const replacements: Replacement[] = [];
  const unwanted: string[] = [];
  for (const [things, positive] of INSTEAD) {
    text = text.replace(new RegExp(`${NEGATOR} (${things})\\b`, 'giu'), (said: string, thing: string) => {
      replacements.push({ said: said.trim(), instead: positive });
      unwanted.push(thing.toLowerCase());
      return `with ${positive}`;
    });
  }
  return { text, replacements, unwanted };
}
