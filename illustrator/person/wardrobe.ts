import type { Style } from '#domain/prompt/style.ts';
import { mix, type Color } from '../drawing/color.ts';
import { GARMENT_COLORS } from '../reading/lexicon/garments.ts';
import { HAT_COLORS } from '../reading/lexicon/headgear.ts';
import type { Dress } from '../reading/lexicon/occupations.ts';
import type { Told } from '../reading/told.ts';
import type { RandomStream } from './seeded-random.ts';
import type { Accessory, Costume, Hat } from './traits.ts';

type Choice = readonly [Costume, ...Costume[]];
const DEFAULT_COSTUMES: Partial<Record<Style, Choice>> = {
  fantasy: ['cloak', 'robe', 'velvet', 'armor', 'habit'],
  'sci-fi': ['flight', 'android', 'techwear'],
  cyberpunk: ['techwear', 'jacket'],
  'post-apocalyptic': ['scout'],
  classical: ['velvet', 'dress', 'frockcoat'],
  noir: ['trench', 'suit'],
  anime: ['blazer', 'hoodie', 'shirt', 'sweater'],
  chibi: ['hoodie', 'dress', 'tee', 'sweater'],
};
const EVERYDAY: Choice = ['tee', 'shirt', 'sweater', 'turtleneck', 'jacket', 'hoodie', 'cardigan', 'polo', 'denim'];

/** What someone wears who is only said to wear that. */
const IMPLIED: readonly (readonly [Accessory, Costume])[] = [
  ['stethoscope', 'labcoat'],
  ['medals', 'uniform'],
  ['bowtie', 'suit'],
  ['tie', 'suit'],
  ['suspenders', 'shirt'],
  ['cape', 'hero'],
  ['ruff', 'velvet'],
];

const CLOTHES: readonly [Color, ...Color[]] = [
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

export function costumeFor(told: Told, dress: Dress, style: Style, feminine: number, stream: RandomStream): Costume {
  const said = told.garment?.kind ?? dress.costume;
  if (said !== undefined) return said;
  if (told.hat?.kind === 'hood') return 'cloak';
  const implied = IMPLIED.find(([accessory]) => told.accessories.has(accessory))?.[1];
  if (implied !== undefined) return implied;
  const picked = stream.pick(DEFAULT_COSTUMES[style] ?? EVERYDAY);
  if (picked !== 'dress' || feminine >= 0.5) return picked;
  return style === 'classical' ? 'velvet' : 'shirt';
}

/** Its color where the words say none: the occupation's, the reference's, the garment's usual one, the seed's. */
export function clothFor(
  told: Told,
  dress: Dress,
  costume: Costume,
  reference: Color | undefined,
  stream: RandomStream,
): Color {
  const said = told.garment?.color ?? told.clothColor;
  const usual = told.garment === undefined || told.garment.kind === dress.costume ? dress.cloth : undefined;
  return said ?? usual ?? reference ?? GARMENT_COLORS[costume] ?? stream.pick(CLOTHES);
}

const BARE: Color = '#000000';

/** A hat of no said color follows the clothes, in a tone of its own. */
export function hatColorFor(told: Told, dress: Dress, hat: Hat | undefined, cloth: Color): Color {
  if (told.hat?.color !== undefined) return told.hat.color;
  if (hat === undefined) return BARE;
  if (hat === dress.hat && dress.hatColor !== undefined) return dress.hatColor;
  const usual = HAT_COLORS[hat];
  if (usual !== undefined) return usual;
  switch (hat) {
    case 'fedora':
      return mix(cloth, '#3a342f', 0.4);
    case 'beanie':
      return mix(cloth, '#b5483a', 0.5);
    case 'cap':
      return mix(cloth, '#2f5f9a', 0.4);
    case 'hijab':
    case 'headscarf':
      return mix(cloth, '#e9ddcc', 0.25);
    default:
      return cloth;
  }
}

const GOLD: Color = '#d0a23f';
/** What an accessory is made or colored of when nobody says. */
const ACCESSORY_COLORS: Readonly<Record<Accessory, Color>> = {
  backpack: '#5d4a38',
  badge: '#c9a23c',
  bandage: '#e6c7a6',
  beads: '#f3ead6',
  bowtie: '#26242a',
  cape: '#a8262f',
  cat: '#2f2b2e',
  choker: '#232026',
  cigar: '#5f4030',
  cigarette: '#f3f0ea',
  earring: '#e2b84c',
  facepaint: '#f3f0ea',
  freckles: '#9a5a3a',
  hairbow: '#d0486a',
  hairflower: '#e0587a',
  lei: '#ee8f7a',
  lipstick: '#b3202e',
  mask: '#cfe2ea',
  medals: GOLD,
  mole: '#3c241c',
  neckerchief: '#b23a3c',
  necklace: GOLD,
  nosering: '#c9ccd2',
  owl: '#8a6a48',
  parrot: '#c8322c',
  pipe: '#5a3824',
  plume: '#f0ece2',
  pointedEars: '#000000',
  raven: '#22212a',
  rednose: '#d0262c',
  ruff: '#f4efe4',
  sash: '#a8262f',
  scar: '#000000',
  scarf: '#c0604a',
  shawl: '#8a5a72',
  stethoscope: '#2d3540',
  suspenders: '#6a3430',
  tattoo: '#2a3a4a',
  tears: '#bfe4f4',
  tie: '#8f2f3d',
};

const TIES: Readonly<Partial<Record<Costume, Color>>> = {
  suit: '#8f2f3d',
  blazer: '#a8323f',
  tweed: '#5d3b2c',
  trench: '#2b2b33',
  uniform: '#23262e',
};

/** What is worn besides: said, usual for the occupation, or belonging to the costume; never what was denied. */
export function wornWith(
  told: Told,
  dress: Dress,
  costume: Costume,
  feminine: number,
): Partial<Record<Accessory, Color>> {
  const worn: Partial<Record<Accessory, Color>> = {};
  const add = (kind: Accessory, color?: Color): void => {
    if (!told.denied.has(kind)) worn[kind] ??= color ?? ACCESSORY_COLORS[kind];
  };
  for (const [kind, color] of told.accessories) add(kind, color);
  for (const kind of dress.with ?? []) add(kind);
  const tie = TIES[costume];
  const openNeck = feminine >= 0.5 && (costume === 'suit' || costume === 'trench');
  if (tie !== undefined && worn.bowtie === undefined && !openNeck) add('tie', tie);
  if (costume === 'tuxedo' && worn.tie === undefined) add('bowtie');
  return worn;
}
