/**
 * Models without a negative prompt draw whatever is mentioned, so "no glasses" produces glasses. Each entry has a positive
 * phrase to use instead, after "with".
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

export interface PositiveText {
  /** The text with each known negation replaced by a positive phrase. */
  readonly text: string;
  readonly replacements: readonly Replacement[];
  /** The negated things, for models that support a negative prompt. */
  readonly unwanted: readonly string[];
}

/** Replaces known negations by positive phrases; unknown ones stay as written. */
export function withoutNegations(words: string): PositiveText {
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
