import type { Person } from '../person/person.ts';
import { createRandomStream, type RandomStream } from '../person/seeded-random.ts';
import { darken, lighten, lightness, mix, saturate, shade, type Color } from './color.ts';
import type { Manner } from './manner.ts';
import { createDefinitions, type Definitions } from './svg.ts';

/** Every tone the drawing uses, derived once from the person's colors. */
interface Palette {
  readonly skin: Color;
  readonly skinLight: Color;
  readonly skinShade: Color;
  readonly skinDeep: Color;
  readonly blush: Color;
  readonly lip: Color;
  readonly hair: Color;
  readonly hairLight: Color;
  readonly hairShade: Color;
  readonly hairDeep: Color;
  readonly beard: HairTones;
  readonly brow: Color;
  readonly ink: Color;
}

interface HairTones {
  readonly base: Color;
  readonly light: Color;
  readonly shade: Color;
  readonly deep: Color;
}

/** One person sitting for one drawing: what every part of the figure needs. */
export interface Sitting {
  readonly person: Person;
  readonly manner: Manner;
  readonly palette: Palette;
  readonly defs: Definitions;
  readonly head: HeadShape;
  /** How far something `depth` units before the axis of the head moves sideways when the head turns. */
  readonly turned: (depth: number) => number;
  readonly random: (trait: string) => RandomStream;
}

/** Half widths and heights of a head, figure units; eyes lie at `eyeY`. */
interface HeadShape {
  readonly crownY: number;
  readonly temple: number;
  readonly brow: number;
  readonly cheek: number;
  readonly cheekY: number;
  readonly jaw: number;
  readonly jawY: number;
  readonly chin: number;
  readonly chinY: number;
  readonly eyeY: number;
  readonly eyeGap: number;
  readonly noseY: number;
  readonly mouthY: number;
}

/** Lighter hair than this is shaded less, and its brows are not as light. */
const PALE = 0.72;

const HEADS: Readonly<Record<Manner['head'], HeadShape>> = {
  adult: {
    crownY: -178,
    temple: 126,
    brow: 131,
    cheek: 127,
    cheekY: 38,
    jaw: 103,
    jawY: 104,
    chin: 47,
    chinY: 162,
    eyeY: 0,
    eyeGap: 58,
    noseY: 64,
    mouthY: 107,
  },
  film: {
    crownY: -184,
    temple: 134,
    brow: 145,
    cheek: 147,
    cheekY: 50,
    jaw: 115,
    jawY: 106,
    chin: 50,
    chinY: 152,
    eyeY: 8,
    eyeGap: 64,
    noseY: 60,
    mouthY: 101,
  },
  anime: {
    crownY: -192,
    temple: 130,
    brow: 137,
    cheek: 134,
    cheekY: 50,
    jaw: 97,
    jawY: 104,
    chin: 34,
    chinY: 148,
    eyeY: 22,
    eyeGap: 65,
    noseY: 76,
    mouthY: 105,
  },
  chibi: {
    crownY: -196,
    temple: 138,
    brow: 152,
    cheek: 154,
    cheekY: 54,
    jaw: 120,
    jawY: 104,
    chin: 50,
    chinY: 140,
    eyeY: 30,
    eyeGap: 71,
    noseY: 74,
    mouthY: 99,
  },
};

export function createSitting(person: Person, manner: Manner): Sitting {
  return {
    person,
    manner,
    palette: paletteOf(person, manner),
    defs: createDefinitions('f'),
    head: headOf(person, HEADS[manner.head]),
    turned: (depth) => person.turn * depth * (manner.head === 'adult' ? 1.35 : 1),
    random: (trait) => createRandomStream(person.seed, trait),
  };
}

function headOf(person: Person, base: HeadShape): HeadShape {
  const { face, feminine, build } = person;
  const masculine = 1 - feminine;
  return {
    ...base,
    cheek: base.cheek + face.cheeks * 6 + build * 8,
    jaw: base.jaw + face.jaw * 10 + build * 11 + masculine * 10 - 5,
    chin: base.chin + face.jaw * 7 + build * 6 + masculine * 7 - 4,
    chinY: base.chinY + face.length * 9 + masculine * 5,
    mouthY: base.mouthY + face.length * 4,
    noseY: base.noseY + face.nose * 5,
    eyeGap: base.eyeGap + face.eyeGap * 3.5,
  };
}

function paletteOf({ skin, hair, beardColor, feminine, worn }: Person, manner: Manner): Palette {
  const cel = manner.shading !== 'soft';
  const pale = lightness(hair) > PALE;
  const tones = hairTones(hair);
  return {
    skin,
    skinLight: mix(skin, '#fff0dc', 0.4),
    skinShade: shade(skin, cel ? 0.3 : 0.36, '#7a2a3a'),
    skinDeep: shade(skin, 0.7, '#4a1020'),
    blush: mix(saturate(skin, 1.5), '#e0504a', 0.5),
    lip:
      worn.lipstick === undefined
        ? mix(skin, lightness(skin) < 0.6 ? '#8f3038' : '#b8404c', feminine > 0.5 ? 0.44 : 0.24)
        : mix(skin, worn.lipstick, 0.9),
    hair,
    hairLight: tones.light,
    hairShade: tones.shade,
    hairDeep: tones.deep,
    beard: beardColor === undefined ? tones : hairTones(beardColor),
    brow: pale ? mix(shade(hair, 0.5), '#7a5a40', 0.35) : darken(hair, 0.2),
    ink: manner.ink === 'black' ? '#17131c' : '#3a2028',
  };
}

function hairTones(base: Color): HairTones {
  const pale = lightness(base) > PALE;
  return {
    base,
    light: lighten(saturate(base, 1.15), lightness(base) < 0.35 ? 0.22 : 0.34),
    shade: shade(base, pale ? 0.34 : 0.4, '#2a1a4a'),
    deep: shade(base, pale ? 0.62 : 0.7, '#1a1030'),
  };
}

/** The line around something: black ink, or a deep tone of its own color. */
export function inkFor({ manner }: Sitting, color: Color): Color {
  return manner.ink === 'black' ? '#17131c' : shade(color, 0.85, '#2a1030');
}
