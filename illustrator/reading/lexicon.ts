import { HAIR_KINDS, type HairKind } from '../person/traits.ts';
import { AGE_WORDS, BEINGS, BUILD_WORDS, DECADES, GENDER_WORDS, ORIGIN_WORDS } from './lexicon/beings.ts';
import { CLOTH_COLORS, EYE_COLOR_NAMES, HAIR_COLOR_NAMES, SHADES, SKIN_COLOR_NAMES } from './lexicon/colors.ts';
import { ACCESSORY_NAMES } from './lexicon/accessories.ts';
import { BARE_WORDS, BODY_WORDS } from './lexicon/body.ts';
import { BEARD_NAMES, HAIR_NOUNS, HAIR_STYLES, HAIR_WORDS } from './lexicon/hair.ts';
import { EXPRESSION_NOUNS, MOODS } from './lexicon/moods.ts';
import { FUNCTION_WORDS } from './lexicon/function-words.ts';
import { GARMENT_NAMES, GARMENT_PATTERNS, GENERIC_NAMES } from './lexicon/garments.ts';
import { EYEWEAR_NAMES, HAT_NAMES } from './lexicon/headgear.ts';
import { ROLE_NAMES } from './lexicon/role-names.ts';
import { TRADE_NAMES } from './lexicon/trade-names.ts';
import { DETAIL_WORDS, FILLERS, IGNORED, QUALITIES, UNDRAWN } from './lexicon/other-words.ts';
import { BACKGROUND_WORDS, PLACE_NAMES, PLAIN_BACKGROUNDS, WEATHER_NAMES } from './lexicon/places.ts';
import { isNoun, type GenericName, type Meaning } from './meaning.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A word or phrase of the text with its meaning; undefined for words the lexicon lacks. */
export interface Term {
  readonly text: string;
  readonly stem: string;
  readonly meaning: Meaning | undefined;
}

type Entries = readonly (readonly [Meaning, string])[];

const named = <Name extends string>(
  names: Readonly<Partial<Record<Name, string>>>,
  meaningOf: (name: Name) => Meaning,
): Entries => Object.entries(names).map(([name, phrases]) => [meaningOf(name as Name), phrases as string]);

const quoted = (names: readonly string[], meaningOf: (name: string) => Meaning): Entries =>
  names.map((name) => [meaningOf(name), name]);

const list = (phrases: string): string[] => phrases.split(',').map((phrase) => phrase.trim());

const COLOR_NAMES = new Set(
  [CLOTH_COLORS, HAIR_COLOR_NAMES, EYE_COLOR_NAMES, SKIN_COLOR_NAMES]
    .flatMap((table) => Object.keys(table))
    .filter((name) => !Object.hasOwn(SHADES, name)),
);

/** The first entry of a phrase wins, so the order says which meaning a word of several has. */
const ENTRIES: readonly Entries[] = [
  FUNCTION_WORDS,
  BARE_WORDS,
  quoted(Object.keys(SHADES), (name) => ({ is: 'shade', name })),
  quoted([...COLOR_NAMES], (name) => ({ is: 'color', name })),
  named(ACCESSORY_NAMES, (accessory) => ({ is: 'accessory', accessory })),
  named(HAT_NAMES, (hat) => ({ is: 'hat', hat })),
  named(EYEWEAR_NAMES, (eyewear) => ({ is: 'eyewear', eyewear })),
  named(BEARD_NAMES, (beard) => ({ is: 'beard', beard })),
  BODY_WORDS,
  named(HAIR_NOUNS, (kind) => ({ is: 'hair', kind })),
  [[{ is: 'hair' }, HAIR_WORDS]],
  named(GARMENT_NAMES, (costume) => ({ is: 'garment', costume })),
  named(GENERIC_NAMES, (name: GenericName) => ({ is: 'generic', name })),
  named(GARMENT_PATTERNS, (pattern) => ({ is: 'pattern', pattern })),
  named(EXPRESSION_NOUNS, (expression) => ({ is: 'expression', expression })),
  quoted(list(PLAIN_BACKGROUNDS), () => ({ is: 'place', scene: 'plain' })),
  [[{ is: 'background' }, BACKGROUND_WORDS]],
  DETAIL_WORDS,
  named(TRADE_NAMES, (occupation) => ({ is: 'occupation', occupation })),
  named(ROLE_NAMES, (occupation) => ({ is: 'occupation', occupation })),
  BEINGS,
  [[{ is: 'ignored' }, IGNORED]],
  named(MOODS, (expression) => ({ is: 'mood', expression })),
  AGE_WORDS,
  DECADES,
  GENDER_WORDS,
  ORIGIN_WORDS,
  HAIR_KINDS.flatMap((kind) => list(HAIR_STYLES[kind]).map((name) => [{ is: 'hairStyle', kind, name }, name] as const)),
  BUILD_WORDS,
  quoted(list(QUALITIES), (name) => ({ is: 'quality', name })),
  named(PLACE_NAMES, (scene) => ({ is: 'place', scene })),
  named(WEATHER_NAMES, (weather) => ({ is: 'weather', weather })),
  [[{ is: 'undrawn' }, UNDRAWN]],
  [[{ is: 'filler' }, FILLERS]],
];

const stems = (phrase: string): string =>
  phrase === ','
    ? ','
    : tokensOf(phrase)
        .map(({ stem }) => stem)
        .join(' ');

function compile(entries: readonly Entries[]): ReadonlyMap<string, Meaning> {
  const lexicon = new Map<string, Meaning>();
  for (const [meaning, phrases] of entries.flat()) {
    for (const phrase of phrases === ',' ? [','] : list(phrases)) {
      const key = stems(phrase);
      if (key !== '' && !lexicon.has(key)) lexicon.set(key, meaning);
    }
  }
  return lexicon;
}

const LEXICON = compile(ENTRIES);
const ORIGINS = compile([ORIGIN_WORDS]);
const UNDRAWN_STEMS = new Set(list(UNDRAWN).map(stems));
const LONGEST = Math.max(...[...LEXICON.keys()].map((key) => key.split(' ').length));
/** Ends of compounds such as "sailcloth hat" written as one word: "winterhat", "greatcoat". */
const COMPOUND = /^[a-z]{3,}(hat|cap|helmet|coat|jacket|shirt|dress|scarf|glasses|sweater|suit|robe|beard|hair)$/;

/** The terms of a text in order: the longest phrase the lexicon knows, else the word alone. */
export function termsOf(text: string, lexicon = LEXICON): Term[] {
  const tokens = tokensOf(text);
  const terms: Term[] = [];
  for (let at = 0; at < tokens.length;) {
    const [length, meaning] = termAt(tokens, at, lexicon);
    const said = tokens.slice(at, at + length);
    if (length > 1 && meaning !== undefined) terms.push(...saidByName(said, meaning));
    terms.push({
      text: said.map((token) => token.text).join(' '),
      stem: said.map((token) => token.stem).join(' '),
      meaning,
    });
    at += length;
  }
  return terms;
}

/** Roles whose name says nothing of the person's mood, age or origin: a mad scientist is not angry, nor an ancient Roman old. */
const IDIOMS = new Set(
  list(`mad scientist, mad hatter, mad max style survivor, zen master, english teacher, ancient greek, ancient roman,
    ancient egyptian, ancient philosopher`).map(stems),
);

/** What a name of several words says in addition to its noun: "white coat" still says white, and "sad clown" sad. */
function saidByName(said: readonly Token[], meaning: Meaning): Term[] {
  // "Redhead" says red of the hair already.
  if (!isNoun(meaning) || (meaning.is === 'hair' && meaning.color !== undefined)) return [];
  const isIdiom = IDIOMS.has(said.map(({ stem }) => stem).join(' '));
  const told: readonly string[] =
    meaning.is === 'occupation' && !isIdiom ? ['color', 'mood', 'age', 'origin'] : ['color'];
  return said
    .map(({ text, stem }): Term => ({ text, stem, meaning: LEXICON.get(stem) }))
    .filter(({ meaning: own }) => own !== undefined && told.includes(own.is));
}

/** Whether a word that also describes, such as "football" or "coffee", names a thing that is not drawn. */
export const namesUndrawn = ({ stem }: Term): boolean => UNDRAWN_STEMS.has(stem);

/** Words of origin alone, for the attribute, where "Black" is no color. */
export const originIn = (text: string): Extract<Meaning, { is: 'origin' }> | undefined =>
  termsOf(text, ORIGINS)
    .map(({ meaning }) => meaning)
    .find((meaning) => meaning?.is === 'origin');

/** The longest term here; but of "red head scarf" the color alone, since "head scarf" reaches further than "red head". */
function termAt(
  tokens: readonly Token[],
  at: number,
  lexicon: ReadonlyMap<string, Meaning>,
): [number, Meaning | undefined] {
  const [length, meaning] = longestAt(tokens, at, lexicon);
  const first = lexicon.get(tokens[at]!.stem);
  if (length > 1 && first?.is === 'color' && longestAt(tokens, at + 1, lexicon)[0] > length - 1) return [1, first];
  return [length, meaning];
}

function longestAt(
  tokens: readonly Token[],
  at: number,
  lexicon: ReadonlyMap<string, Meaning>,
): [number, Meaning | undefined] {
  const said = tokens.slice(at, at + LONGEST + 1).map(({ stem }) => stem);
  for (let length = said.length; length > 0; length -= 1) {
    // "A nurse's cap" is a nurse cap.
    const phrase = said.slice(0, length).filter((stem, index) => stem !== "'s" || index + 1 === length);
    const found = lexicon.get(phrase.join(' '));
    if (found) return [length, found];
    // "rain coat" for "raincoat".
    const parted =
      phrase.length === 2 && phrase.every((stem) => stem.length >= 3) && lexicon.get(phrase[0]!)?.is !== 'color';
    const joined = parted ? lexicon.get(phrase.join('')) : undefined;
    if (joined) return [length, joined];
  }
  const [word = ''] = said;
  if (word.startsWith('#')) return [1, { is: 'color', name: word }];
  if (/^\d/.test(word)) return [1, { is: 'number', value: Number.parseInt(word, 10) }];
  const end = COMPOUND.exec(word)?.[1];
  if (end !== undefined) return [1, lexicon.get(end)];
  const stem = /^([a-z]{3,})less$/.exec(word)?.[1];
  const lacked = stem === undefined ? undefined : lexicon.get(stem);
  return [1, lacked && LESS[lacked.is]];
}

/** "Beardless", "hatless": what is not there. */
const LESS: Readonly<Partial<Record<Meaning['is'], Meaning>>> = {
  beard: { is: 'bare', part: 'chin' },
  hat: { is: 'bare', part: 'head' },
  generic: { is: 'bare', part: 'head' },
  hair: { is: 'hair', kind: 'none', adjective: true },
  expression: { is: 'mood', expression: 'stern' },
  accessory: { is: 'bare', part: 'jewelry' },
};

/** The hair a text about hair means: the most telling of its words. */
export function hairKindIn(terms: readonly Term[]): HairKind | undefined {
  const said = new Set<HairKind>(
    terms.flatMap(({ meaning, stem }): HairKind[] => {
      if (stem === 'none' || stem === 'medium') return [stem];
      if (meaning?.is === 'hairStyle') return [meaning.kind];
      if (meaning?.is === 'hair' && meaning.kind) return [meaning.kind];
      if (meaning?.is === 'quality' && (meaning.name === 'short' || meaning.name === 'long')) return [meaning.name];
      return [];
    }),
  );
  return HAIR_KINDS.find((kind) => said.has(kind));
}
