import type { Color } from '../drawing/color.ts';
import type { Accessory, Costume, Hat, Pattern } from '../person/traits.ts';
import { colorOf, colorsOf } from './color-terms.ts';
import { GARMENT_PATTERNS, LAYERS, USUAL_LAYER } from './lexicon/garments.ts';
import { OCCUPATIONS, type Dress } from './lexicon/occupations.ts';
import { costumeOfGeneric, hatOfGeneric } from './generic-nouns.ts';
import type { GenericName } from './meaning.ts';
import type { Phrase } from './phrases.ts';
import { stemOf } from './tokens.ts';
import type { Told, Worn } from './told.ts';

interface Garment extends Worn<Costume> {
  readonly phrase: Phrase;
}

/** Whose visor shades from the sun. */
const SPORTY: ReadonlySet<Costume> = new Set(['polo', 'jersey', 'tank', 'tee']);
const SCARF_COLOR: Color = '#9a4b3f';
const HAT_GENERICS: ReadonlySet<GenericName> = new Set(['hat', 'cap', 'helmet']);

/** What the sitter wears: garments, hat, eyewear and accessories with their own colors. */
export function wornSlots(told: Told, phrases: readonly Phrase[]): void {
  const usual: Dress | undefined = told.occupation && OCCUPATIONS[told.occupation];
  const garments: Garment[] = [];
  for (const phrase of phrases) {
    const { head } = phrase;
    // What is held is not worn.
    if (head === undefined || phrase.relation === 'hold') continue;
    if (head.is === 'garment') garments.push(...garmentOf(told, phrase, head.costume));
    if (head.is === 'generic' && !HAT_GENERICS.has(head.name))
      garments.push(...garmentOf(told, phrase, costumeOfGeneric(head.name, told, phrase)));
    // A spacesuit has its own helmet.
    if (head.is === 'generic' && HAT_GENERICS.has(head.name) && usual?.costume !== 'spacesuit')
      hat(told, phrase, hatOfGeneric(head.name, told, phrase));
    if (head.is === 'hat') hat(told, phrase, hatNamed(head.hat, phrase, usual));
    if (head.is === 'eyewear' && head.eyewear === 'visor' && SPORTY.has(usual?.costume ?? 'robe'))
      hat(told, phrase, 'visorcap');
    else if (head.is === 'eyewear') eyewear(told, phrase);
    if (head.is === 'accessory') accessory(told, phrase, head.accessory);
    if (head.is === 'bare') bare(told, phrase);
    if (head.is === 'lips' && !phrase.negated) {
      const color = colorOf(phrase.modifiers, 'cloth');
      if (color !== undefined) told.accessories.set('lipstick', color);
    }
  }
  dress(told, garments);
  looseColors(told, phrases);
  loosePatterns(told, phrases);
}

/** Garments whose name says what is tied at the neck. */
const NAMED_TIES: Readonly<Record<string, Accessory>> = {
  'suit and tie': 'tie',
  'shirt and tie': 'tie',
  'black tie': 'bowtie',
  'white tie': 'bowtie',
};

function garmentOf(told: Told, phrase: Phrase, kind: Costume): Garment[] {
  if (phrase.negated) return [];
  const color = ownColor(told, phrase);
  if (/\bhooded\b/.test(phrase.headText) && kind !== 'hoodie') told.hat ??= { kind: 'hood', color };
  const [pattern] = patternsOf(phrase);
  if (pattern !== undefined)
    told.pattern ??= { kind: pattern, color: colorsOf(phrase.modifiers, 'cloth')[color === undefined ? 0 : 1] };
  const tie = NAMED_TIES[phrase.headText];
  if (tie !== undefined) told.accessories.set(tie, undefined);
  return [{ kind, color, phrase }];
}

/** The phrase's first color; "matching" is the color of the clothes before. */
function ownColor(told: Told, { modifiers }: Phrase): Color | undefined {
  const matching = modifiers.some(({ meaning }) => meaning?.is === 'matching');
  return colorOf(modifiers, 'cloth') ?? (matching ? (told.garment?.color ?? told.clothColor) : undefined);
}

function patternsOf({ modifiers, headText }: Phrase): Pattern[] {
  const said = modifiers.flatMap(({ meaning }) => (meaning?.is === 'pattern' ? [meaning.pattern] : []));
  const stem = headText.split(' ').map(stemOf).join(' ');
  const inName = (Object.entries(GARMENT_PATTERNS) as [Pattern, string][])
    .filter(([, names]) => names.split(',').some((name) => stem === name.trim() || stem.startsWith(`${name.trim()} `)))
    .map(([pattern]) => pattern);
  return [...said, ...inName];
}

const layerOf = (kind: Costume): number => LAYERS[kind] ?? USUAL_LAYER;

/** The outermost garment is drawn, the next one's color shows under it. */
function dress(told: Told, garments: readonly Garment[]): void {
  const [outer, inner] = garments.toSorted((a, b) => layerOf(b.kind) - layerOf(a.kind));
  if (outer === undefined) return;
  // A cape on armor or a hero's suit hangs behind it.
  if (outer.kind !== 'cloak' && inner?.kind === 'cloak') told.accessories.set('cape', inner.color);
  told.garment = { kind: outer.kind, color: outer.color };
  if (inner?.color !== undefined && inner.kind !== outer.kind) told.underColor = inner.color;
  if (outer.color === undefined && inner?.kind === outer.kind && inner.color !== undefined)
    told.garment = { kind: outer.kind, color: inner.color };
}

function hat(told: Told, phrase: Phrase, kind: Hat): void {
  if (phrase.negated) {
    told.hat ??= null;
    return;
  }
  if (
    phrase.headText.startsWith('feathered') ||
    phrase.modifiers.some(({ stem }) => stem === 'feathered' || stem === 'plumed')
  )
    told.accessories.set('plume', undefined);
  const known = told.hat;
  const color = ownColor(told, phrase);
  // A hood hangs down under a hat.
  if (known === undefined || known === null || (known.kind === 'hood' && kind !== 'hood')) told.hat = { kind, color };
  else if (known.kind === kind && known.color === undefined) told.hat = { kind, color };
}

/** Horns on a viking sit on the helmet; a headdress is the one of the occupation. */
function hatNamed(kind: Hat, { headText }: Phrase, usual: Dress | undefined): Hat {
  if (kind === 'horns' && usual?.hat === 'viking') return 'viking';
  return headText === 'headdress' && usual?.hat !== undefined ? usual.hat : kind;
}

function eyewear(told: Told, phrase: Phrase): void {
  if (phrase.head?.is !== 'eyewear') return;
  if (phrase.negated) {
    told.eyewear ??= null;
    return;
  }
  const { eyewear: kind } = phrase.head;
  const color = colorOf(phrase.modifiers, 'cloth');
  // "Glasses with black frames" are named twice.
  if (told.eyewear?.kind === kind && told.eyewear.color === undefined) told.eyewear = { kind, color };
  else told.eyewear ??= { kind, color };
}

function accessory(told: Told, phrase: Phrase, kind: Accessory): void {
  if (phrase.negated) {
    told.denied.add(kind);
    return;
  }
  // A scarf over the mouth is no surgeon's mask.
  const woolen = kind === 'mask' && /scarf|bandan|kerchief|cloth/.test(phrase.headText) ? SCARF_COLOR : undefined;
  const color = colorOf(phrase.modifiers, 'cloth') ?? woolen;
  const known = told.accessories.get(kind);
  if (!told.accessories.has(kind) || known === undefined) told.accessories.set(kind, color);
}

const JEWELRY: readonly Accessory[] = ['earring', 'necklace', 'nosering', 'beads', 'choker', 'medals', 'lei'];

function bare(told: Told, { head, negated }: Phrase): void {
  if (head?.is !== 'bare' || negated) return;
  if (head.part === 'head') told.hat ??= null;
  if (head.part === 'eyes') told.eyewear ??= null;
  if (head.part === 'jewelry') for (const kind of JEWELRY) told.denied.add(kind);
  if (head.part === 'skin') for (const kind of ['freckles', 'scar'] as const) told.denied.add(kind);
  if (head.part === 'neck') for (const kind of ['tie', 'bowtie'] as const) told.denied.add(kind);
}

/** Stripes and checks of clothes that were not named. */
function loosePatterns(told: Told, phrases: readonly Phrase[]): void {
  for (const phrase of phrases) {
    const [pattern] = phrase.head === undefined || phrase.head.is === 'clothes' ? patternsOf(phrase) : [];
    const flowers =
      phrase.head?.is === 'detail' && phrase.parent?.head?.is === 'garment' ? phrase.head.pattern : undefined;
    const kind = pattern ?? flowers;
    if (kind === undefined || phrase.negated) continue;
    told.pattern ??= { kind };
    if (kind === 'checked') told.garment ??= { kind: 'shirt', color: colorOf(phrase.modifiers, 'cloth') };
  }
}

/** "Dressed in black", "wearing purple", "black-clad", "in a red gabbeh": a color of clothes without a known noun. */
function looseColors(told: Told, phrases: readonly Phrase[]): void {
  for (const { head, relation, modifiers, negated } of phrases) {
    if (negated) continue;
    const color = colorOf(modifiers, 'cloth');
    if (color === undefined) continue;
    const worn = relation === 'wear' || relation === 'in';
    if (head?.is === 'clothes' || (head === undefined && worn)) told.clothColor ??= color;
  }
}
