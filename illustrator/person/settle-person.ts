import { distance, lightness, mix, type Color } from '../drawing/color.ts';
import type { PortraitRequest } from '../portrait-types.ts';
import { beardIn, costumeIn, eyewearIn, hatIn } from './dress-words.ts';
import { hairKindInPrompt, hairKindOf, type HairKind } from './hair-words.ts';
import type { FaceTraits, Person } from './person.ts';
import { colorOf, firstMention, mentions, normalized, readColor } from './read-prompt.ts';
import { greyed, pickHairKind, readAge, readBeard, readBuild, readExpression, readGender } from './read-traits.ts';
import { createRandomStream, type RandomStream } from './seeded-random.ts';
import { CLOTHES, clothColor, openCostume } from './wardrobe.ts';
import { COMPLEXIONS, EYE_WORDS, HAIR_WORDS, ORIGINS, SKIN_WORDS } from './word-tables.ts';

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
  const words = normalized(request.prompt);
  const seedOf = (trait: string): number => (stays(request, trait) ? request.variationOf!.seed : request.seed) >>> 0;
  const stream = (trait: string): RandomStream => createRandomStream(seedOf(trait), trait);
  const given = (trait: keyof PortraitRequest['attributes']): string => normalized(request.attributes[trait] ?? '');

  const feminine = readGender(given('gender'), words, stream('gender'));
  const ageYears = readAge(given('ageRange'), words, stream('age'));
  const origins = firstMention(`${given('ethnicity')} `, ORIGINS) ?? ([0, 1, 1, 2, 3, 4, 5, 6] as const);
  const complexion = COMPLEXIONS[stream('complexion').pick(origins)] ?? COMPLEXIONS[0];
  const skin = readColor(SKIN_WORDS, given('skinTone')) ?? colorOf(SKIN_WORDS, words, 'skin') ?? complexion.skin;
  // Who is only said to have a copper beard has copper hair.
  const beardColor = colorOf(HAIR_WORDS, words, 'beard');
  const hair =
    readColor(HAIR_WORDS, given('hairColor')) ??
    colorOf(HAIR_WORDS, words, 'hair') ??
    beardColor ??
    greyed(suiting(skin, stream('hair colour').pick(complexion.hair), '#1f1a19'), ageYears, stream('grey').next());
  const eye =
    readColor(EYE_WORDS, given('eyeColor')) ??
    colorOf(EYE_WORDS, words, 'eyes') ??
    suiting(skin, stream('eye colour').pick(complexion.eyes), '#3f2819');
  const hairKind =
    hairKindOf(given('hairStyle')) ?? hairKindInPrompt(words) ?? pickHairKind(feminine, stream('hair kind'));
  const costume = costumeIn(words) ?? openCostume(request.style, feminine, stream('costume'));
  const hood = costume === 'cloak' && /\bhood/.test(words) ? 'hood' : undefined;

  const [ground, coat = ground] = request.colors ?? [];
  const cloth = clothColor(costume, words) ?? coat ?? stream('cloth').pick(CLOTHES);

  return {
    seed: seedOf('scene'),
    feminine,
    ageYears,
    ...readBuild(given('bodyType'), words),
    skin: costume === 'android' && /porcelain/.test(words) ? mix(skin, '#f4f1ee', 0.42) : skin,
    hair,
    beardColor,
    eye,
    cloth,
    accent: ground ?? stream('accent').pick(furthest(ACCENTS, cloth)),
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

/** A variation keeps some traits of the original: which ones is the new seed's to say. */
function stays({ variationOf, seed }: PortraitRequest, trait: string): boolean {
  return variationOf !== undefined && !createRandomStream(seed, `varies ${trait}`).chance(variationOf.strength);
}

/** An open color stays what the seed chose, unless a deep skin was asked for that it would look odd with. */
function suiting(skin: Color, chosen: Color, dark: Color): Color {
  return lightness(skin) < 0.58 && lightness(chosen) > 0.4 ? dark : chosen;
}

/** The half of the colors that differs most from what stands before them. */
function furthest(colors: readonly Color[], from: Color): [Color, ...Color[]] {
  const gap = (color: Color): number => distance(color, from);
  const sorted = colors.toSorted((a, b) => gap(b) - gap(a));
  return [sorted[0] ?? '#86b5a4', ...sorted.slice(1, Math.ceil(colors.length / 2))];
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
