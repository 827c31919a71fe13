import { distance, lightness, mix, type Color } from '../drawing/color.ts';
import type { PortraitRequest } from '../portrait-types.ts';
import type { ReferenceColors } from '../reference-colors.ts';
import { OCCUPATIONS, type Dress } from '../reading/lexicon/occupations.ts';
import { readAttributes } from '../reading/read-attributes.ts';
import { readPrompt } from '../reading/read-prompt.ts';
import type { Told } from '../reading/told.ts';
import { sceneFor } from '../scene/scene-for.ts';
import { ANY_COMPLEXION, COMPLEXIONS } from './complexions.ts';
import { greyed, openBeard, openExpression, openHairKind, PLAYFUL } from './open-traits.ts';
import type { FaceTraits, Person } from './person.ts';
import { createRandomStream, type RandomStream } from './seeded-random.ts';
import { clothFor, costumeFor, hatColorFor, wornWith } from './wardrobe.ts';

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
const PATTERN_LIGHT: Color = '#f4f0e6';
const PATTERN_DARK: Color = '#26303f';

/** Attributes win over the prompt, both over an occupation's habit, and the seed settles the rest. */
export function settlePerson(request: PortraitRequest): Person {
  const said = readPrompt(request.prompt);
  const told: Told = { ...said, ...readAttributes(request.attributes) };
  const dress: Dress = told.occupation === undefined ? NO_DRESS : OCCUPATIONS[told.occupation];
  const seedOf = (trait: string): number => (stays(request, trait) ? request.variationOf!.seed : request.seed) >>> 0;
  // Two subjects of one seed are two people: what they are, in our own words, is part of their seed.
  const subject = subjectOf(said);
  const stream = (trait: string): RandomStream => createRandomStream(seedOf(trait), `${trait}${subject}`);

  const feminine = told.gender ?? (stream('gender').chance(0.5) ? 1 : 0);
  const ageYears = drawnAge(told.age) ?? stream('age').pick([23, 26, 29, 33, 37, 42, 48, 56]);
  const reference = request.colors ?? {};
  const { skin, hair, eye } = bodyColors(told, dress, ageYears, reference, stream);
  const hairKind = told.hair ?? dress.hair ?? openHairKind(feminine, stream('hair kind'));
  const costume = costumeFor(told, dress, request.style, feminine, stream('costume'));
  const cloth = clothFor(told, dress, costume, reference.cloth ?? reference.ground, stream('cloth'));
  const hat = told.hat === null ? undefined : (told.hat?.kind ?? dress.hat);
  const worn = wornWith(told, dress, costume, feminine);
  const freckled = lightness(skin) > 0.78 && stream('freckles').chance(0.18);
  if (freckled && !told.denied.has('freckles')) worn.freckles ??= skin;
  if (feminine > 0.6 && stream('earring').chance(0.3) && !told.denied.has('earring')) worn.earring ??= '#e2b84c';

  return {
    seed: seedOf('scene'),
    feminine,
    ageYears,
    ...(told.build ?? { build: stream('build').pick([0, 0, 0, -0.5, 0.4]), shoulders: 0 }),
    skin: costume === 'android' ? mix(skin, '#f4f1ee', 0.42) : skin,
    hair,
    beardColor: told.beardColor,
    eye,
    cloth,
    under: told.underColor,
    pattern: patternOf(told, cloth),
    accent: told.sceneColor ?? reference.ground ?? stream('accent').pick(furthest(ACCENTS, cloth)),
    scene: sceneFor(request.style, told),
    weather: told.weather,
    hairKind,
    beard: told.beard ?? dress.beard ?? (PLAYFUL.has(hairKind) ? 'none' : openBeard(feminine, stream('beard'))),
    costume,
    hat,
    hatColor: hatColorFor(told, dress, hat, cloth),
    eyewear: told.eyewear === null ? undefined : (told.eyewear?.kind ?? dress.eyewear),
    eyewearColor: told.eyewear?.color,
    expression: told.expression ?? openExpression(stream('expression')),
    turn: stream('turn').between(0.3, 1) * (stream('turn side').chance(0.5) ? 1 : -1),
    tiltDegrees: stream('tilt').between(-6.5, 6.5),
    worn,
    face: faceTraits(stream('face')),
    epicanthic: told.epicanthic ?? false,
    notDrawn: told.notDrawn,
  };
}

const NO_DRESS: Dress = {};

const subjectOf = ({ occupation, gender, age, complexions }: Told): string =>
  [occupation, gender, age, complexions?.join('-')].some((part) => part !== undefined)
    ? ` of ${occupation ?? ''}/${gender ?? ''}/${age ?? ''}/${complexions?.join('-') ?? ''}`
    : '';

const YOUNGEST_DRAWN = 20;
const OLDEST_DRAWN = 84;
const drawnAge = (years: number | undefined): number | undefined =>
  years === undefined ? undefined : Math.min(OLDEST_DRAWN, Math.max(YOUNGEST_DRAWN, years));

function bodyColors(
  told: Told,
  dress: Dress,
  ageYears: number,
  reference: ReferenceColors,
  stream: (trait: string) => RandomStream,
): { skin: Color; hair: Color; eye: Color } {
  const complexion = COMPLEXIONS[stream('complexion').pick(told.complexions ?? ANY_COMPLEXION)] ?? COMPLEXIONS[0];
  const lit = told.complexions === undefined ? reference.skin : undefined;
  const skin = told.skin ?? dress.skin ?? (lit && nearestSkin(lit)) ?? complexion.skin;
  const open = suiting(skin, stream('hair color').pick(complexion.hair), '#1f1a19');
  return {
    skin,
    // Who is only said to have a copper beard has copper hair.
    hair:
      told.hairColor ??
      told.beardColor ??
      dress.hairColor ??
      reference.hair ??
      greyed(open, ageYears, stream('grey').next()),
    eye: told.eye ?? suiting(skin, stream('eye color').pick(complexion.eyes), '#3f2819'),
  };
}

/** A photograph's light colors the skin; the complexion below it is one of ours. */
function nearestSkin(lit: Color): Color {
  const [nearest] = COMPLEXIONS.map(({ skin }) => skin).toSorted((a, b) => distance(a, lit) - distance(b, lit));
  return nearest ?? lit;
}

function patternOf({ pattern }: Told, cloth: Color): Person['pattern'] {
  if (pattern === undefined) return undefined;
  return { kind: pattern.kind, color: pattern.color ?? (lightness(cloth) > 0.62 ? PATTERN_DARK : PATTERN_LIGHT) };
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
