import type { Style } from '../../../../domain/style.ts';
import { distance, lightness, mix, type Colour } from '../drawing/colour.ts';
import type { PortraitRequest } from '../portrait-types.ts';
import {
  beardIn,
  costumeIn,
  eyewearIn,
  hatIn,
  type Beard,
  type Costume,
  type Eyewear,
  type Hat,
} from './dress-words.ts';
import { hairKindInPrompt, hairKindOf, type HairKind } from './hair-words.ts';
import { colourBefore, firstMention, mentions, normalised, readColour } from './read-prompt.ts';
import { createRandomStream, type RandomStream } from './seeded-random.ts';
import { CLOTH_WORDS, COMPLEXIONS, EYE_WORDS, HAIR_WORDS, ORIGINS, SKIN_WORDS } from './word-tables.ts';

export type Expression = 'gentle' | 'smile' | 'grin' | 'smirk' | 'calm';

/** Small deviations of a face from the mean, each in -1..1 unless said otherwise. */
export interface FaceTraits {
  readonly jaw: number;
  readonly length: number;
  readonly cheeks: number;
  readonly eyeSize: number;
  readonly eyeGap: number;
  readonly eyeTilt: number;
  readonly brow: number;
  readonly browWeight: number;
  readonly nose: number;
  readonly noseWidth: number;
  readonly lips: number;
  readonly mouth: number;
  readonly ears: number;
}

/** Everyone who sits for a portrait, fully settled: nothing after this reads words. */
export interface Person {
  readonly seed: number;
  /** 0 drawn with masculine, 1 with feminine proportions. */
  readonly feminine: number;
  readonly ageYears: number;
  /** -1 slim to 1 round. */
  readonly build: number;
  readonly shoulders: number;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly eye: Colour;
  readonly cloth: Colour;
  /** For plain sets; unlike the clothes and the hair before it. */
  readonly accent: Colour;
  readonly hairKind: HairKind;
  readonly beard: Beard;
  readonly costume: Costume;
  readonly hat: Hat | undefined;
  readonly eyewear: Eyewear | undefined;
  readonly expression: Expression;
  /** -1 the face turns to the viewer's left, 1 to the right. */
  readonly turn: number;
  readonly tiltDegrees: number;
  readonly freckles: boolean;
  readonly scar: boolean;
  readonly earring: boolean;
  readonly pointedEars: boolean;
  readonly face: FaceTraits;
  readonly epicanthic: boolean;
}

const DEFAULT_COSTUMES: Partial<Record<Style, readonly [Costume, ...Costume[]]>> = {
  fantasy: ['cloak', 'robe', 'velvet', 'armour'],
  'sci-fi': ['flight', 'android', 'techwear'],
  cyberpunk: ['techwear', 'jacket'],
  'post-apocalyptic': ['scout'],
  classical: ['velvet', 'dress'],
  noir: ['trench', 'suit'],
  anime: ['blazer', 'hoodie', 'shirt', 'knit'],
  chibi: ['hoodie', 'dress', 'tee', 'knit'],
};
const EVERYDAY: readonly [Costume, ...Costume[]] = ['tee', 'shirt', 'knit', 'jacket', 'hoodie'];

const CLOTHES: readonly [Colour, ...Colour[]] = [
  '#3f5f8f',
  '#a8504a',
  '#3f7a5e',
  '#c78f3e',
  '#6d5488',
  '#2f6f78',
  '#d0826a',
  '#54617a',
  '#8a4a5c',
  '#dfd2bb',
];

/** Hair that an unasked-for beard would turn into a joke. */
const PLAYFUL: ReadonlySet<HairKind> = new Set(['twinbuns', 'pigtails']);
const ACCENTS = [
  '#e9b872',
  '#d98c7a',
  '#86b5a4',
  '#7fa3c7',
  '#b79acb',
  '#e3c9a6',
  '#5f8f94',
  '#c7ab5c',
  '#4f6a9a',
  '#a8c087',
] as const;

export function settlePerson(request: PortraitRequest): Person {
  const words = normalised(request.prompt);
  const seed = request.seed >>> 0;
  const stream = (trait: string): RandomStream => createRandomStream(seed, trait);
  const given = (trait: keyof PortraitRequest['attributes']): string => normalised(request.attributes[trait] ?? '');

  const feminine = readGender(given('gender'), words, stream('gender'));
  const ageYears = readAge(given('ageRange'), words, stream('age'));
  const origins = firstMention(`${given('ethnicity')} `, ORIGINS) ?? ([0, 1, 1, 2, 3, 4, 5, 6] as const);
  const complexion = COMPLEXIONS[stream('complexion').pick(origins)] ?? COMPLEXIONS[0];
  const skin = readColour(SKIN_WORDS, given('skinTone')) ?? colourBefore(SKIN_WORDS, words, 'skin') ?? complexion.skin;
  // An open hair or eye colour follows the skin that is really drawn, so that odd pairings stay a choice of the user.
  const suited = COMPLEXIONS.reduce((a, b) =>
    Math.abs(lightness(b.skin) - lightness(skin)) < Math.abs(lightness(a.skin) - lightness(skin)) ? b : a,
  );
  const hair =
    readColour(HAIR_WORDS, given('hairColor')) ??
    colourBefore(HAIR_WORDS, words, 'hair') ??
    greyed(stream('hair colour').pick(suited.hair), ageYears, stream('grey').next());
  const eye =
    readColour(EYE_WORDS, given('eyeColor')) ??
    colourBefore(EYE_WORDS, words, 'eyes') ??
    stream('eye colour').pick(suited.eyes);
  const hairKind =
    hairKindOf(given('hairStyle')) ?? hairKindInPrompt(words) ?? pickHairKind(feminine, stream('hair kind'));
  const costume = costumeIn(words) ?? stream('costume').pick(DEFAULT_COSTUMES[request.style] ?? EVERYDAY);
  const hood = costume === 'cloak' && /\bhood/.test(words) ? 'hood' : undefined;

  const cloth = clothColour(costume, words) ?? stream('cloth').pick(CLOTHES);

  return {
    seed,
    feminine,
    ageYears,
    ...readBuild(given('bodyType'), words),
    skin: costume === 'android' && /porcelain/.test(words) ? mix(skin, '#f4f1ee', 0.42) : skin,
    hair,
    eye,
    cloth,
    accent: stream('accent').pick(furthest(ACCENTS, [cloth, hair])),
    hairKind,
    beard: PLAYFUL.has(hairKind) && !beardIn(words) ? 'none' : readBeard(words, feminine, ageYears, stream('beard')),
    costume,
    hat: hatIn(words) ?? hood,
    eyewear: eyewearIn(words),
    expression: readExpression(words, stream('expression')),
    turn: stream('turn').between(0.3, 1) * (stream('turn side').chance(0.5) ? 1 : -1),
    tiltDegrees: stream('tilt').between(-6.5, 6.5),
    freckles: mentions(words, /freckle/) || (lightness(skin) > 0.78 && stream('freckles').chance(0.18)),
    scar: mentions(words, /\bscar/),
    earring: mentions(words, /earring/) || (feminine > 0.6 && stream('earring').chance(0.3)),
    pointedEars: mentions(words, /\b(fae|fairy|elf|elven|elvish)\b/),
    face: faceTraits(stream('face')),
    epicanthic:
      /asian|chinese|japan|korea|taiwan|viet|thai|filip/.test(given('ethnicity')) &&
      !/south asian/.test(given('ethnicity')),
  };
}

/** The half of the colours that differs most from what stands before them. */
function furthest(colours: readonly Colour[], from: readonly Colour[]): [Colour, ...Colour[]] {
  const gap = (colour: Colour): number => Math.min(...from.map((other) => distance(colour, other)));
  const sorted = colours.toSorted((a, b) => gap(b) - gap(a));
  return [sorted[0] ?? '#86b5a4', ...sorted.slice(1, Math.ceil(colours.length / 2))];
}

function readGender(given: string, words: string, stream: RandomStream): number {
  if (/non.?bin|androg/.test(given)) return 0.5;
  if (/wom|fem|girl|\bf\b/.test(given)) return 1;
  if (/\bman\b|\bmale\b|masc|boy|\bm\b/.test(given)) return 0;
  if (/non.?binary|androgynous/.test(words)) return 0.5;
  if (/\b(she|her|woman|lady|girl|queen|princess|witch|sorceress|mother)\b/.test(words)) return 1;
  if (/\b(he|his|him|man|gentleman|boy|king|prince|beard(ed)?|moustache|mustache|father)\b/.test(words)) return 0;
  return stream.chance(0.5) ? 1 : 0;
}

function readAge(given: string, words: string, stream: RandomStream): number {
  const said = given || (/\b(\d0)s\b/.exec(words)?.[0] ?? '');
  const years = Number.parseInt(/\d+/.exec(said)?.[0] ?? '', 10);
  if (years >= 60) return 68;
  if (years >= 18) return years + 4;
  if (/\bold\b|elder|senior|aged|grand(ma|pa|mother|father)/.test(`${said} ${words}`)) return 70;
  if (/middle.?aged/.test(`${said} ${words}`)) return 50;
  return stream.pick([24, 26, 29, 33, 38]);
}

function readBuild(given: string, words: string): { build: number; shoulders: number } {
  const said = given || words;
  if (/slim|thin|slender|petite|lean|skinny/.test(said)) return { build: -0.8, shoulders: -0.5 };
  if (/heavy|round|plus|large|chubby|curvy|\bfat\b/.test(said)) return { build: 1, shoulders: 0.5 };
  if (/sturdy|stocky/.test(said)) return { build: 0.6, shoulders: 0.8 };
  if (/athlet|muscul|broad|strong/.test(said)) return { build: 0, shoulders: 1 };
  return { build: 0, shoulders: 0 };
}

function greyed(hair: Colour, ageYears: number, luck: number): Colour {
  if (ageYears >= 60) return mix(hair, '#d5d3d0', 0.72 + 0.2 * luck);
  if (ageYears >= 50) return mix(hair, '#a5a2a0', 0.2 + 0.4 * luck);
  return hair;
}

function pickHairKind(feminine: number, stream: RandomStream): HairKind {
  return feminine > 0.5
    ? stream.pick(['long', 'wavy', 'bob', 'medium', 'bun', 'curly', 'ponytail', 'pixie', 'bangs'])
    : stream.pick(['short', 'swept', 'curly', 'short', 'buzz', 'medium', 'undercut', 'slick']);
}

function readBeard(words: string, feminine: number, ageYears: number, stream: RandomStream): Beard {
  const said = beardIn(words);
  if (said) return said;
  if (feminine > 0.3) return 'none';
  if (mentions(words, /mage|wizard|druid/) && ageYears >= 50) return 'long';
  if (mentions(words, /android|robot|\bfae\b|fairy|\belf/)) return 'none';
  return stream.pick(['none', 'none', 'none', 'stubble', 'stubble', 'short', 'full', 'moustache']);
}

function readExpression(words: string, stream: RandomStream): Expression {
  const said = firstMention<Expression>(words, [
    [/laugh|grin|cheerful|joyful|happy/, 'grin'],
    [/smil|friendly|warm smile/, 'smile'],
    [/smirk|sly|mischiev|sarcastic/, 'smirk'],
    [/serious|stern|solemn|stoic|weary/, 'calm'],
  ]);
  return said ?? stream.pick(['gentle', 'gentle', 'smile', 'smile', 'grin', 'smirk']);
}

const COSTUME_NOUN =
  '(?:suit|blazer|jacket|coat|knit|sweater|jumper|turtleneck|robe|robes|cloak|hood|dress|gown|shirt|blouse|hoodie|scarf|apron|doublet|armou?r|uniform|tee|t-shirt)';

function clothColour(costume: Costume, words: string): Colour | undefined {
  const match = new RegExp(`((?:[a-z-]+ ){1,3})${COSTUME_NOUN}\\b`).exec(words);
  const said = readColour(CLOTH_WORDS, match?.[1] ?? '');
  if (said) return said;
  const own: Partial<Record<Costume, Colour>> = {
    suit: '#2a3652',
    blazer: '#2b3f70',
    tweed: '#7c6647',
    trench: '#94856a',
    coat: '#eef1f1',
    flight: '#c5642e',
    spacesuit: '#e3e3de',
    android: '#e9edf1',
    techwear: '#23252f',
    armour: '#b4bdc9',
    robe: '#33296b',
    cloak: '#4d5a37',
    gossamer: '#8f83cf',
    velvet: '#6d1a2c',
    scout: '#7d6848',
    scarf: '#b9a482',
    jacket: '#3c3a40',
  };
  return own[costume];
}

function faceTraits(stream: RandomStream): FaceTraits {
  const even = (): number => stream.between(-1, 1);
  return {
    jaw: even(),
    length: even(),
    cheeks: even(),
    eyeSize: even(),
    eyeGap: even(),
    eyeTilt: even(),
    brow: even(),
    browWeight: even(),
    nose: even(),
    noseWidth: even(),
    lips: even(),
    mouth: even(),
    ears: even(),
  };
}
