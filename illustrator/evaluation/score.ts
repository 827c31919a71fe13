import { readFile } from 'node:fs/promises';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import { darken, distance, lighten, type Color } from '../drawing/color.ts';
import { settlePerson } from '../person/settle-person.ts';
import { observe, type Observed } from './observe.ts';

/** What a prompt says, slot by slot; `with` and `without` name accessories, `true` one of any color. */
interface LabeledPrompt {
  readonly prompt: string;
  readonly with?: Readonly<Record<string, string | true>>;
  readonly without?: readonly string[];
  readonly notDrawn?: readonly string[];
  readonly [slot: string]: unknown;
}

/** Prompts in turn belong to the half that the reader is tuned on, and to the half that nobody looks at. */
export const HALVES = ['tuned', 'untouched'] as const;
export type Half = (typeof HALVES)[number];

interface Missed {
  readonly prompt: string;
  readonly trait: string;
  readonly told: string;
  readonly drawn: string;
}

export interface Score {
  readonly told: number;
  readonly obeyed: number;
  readonly missed: readonly Missed[];
}

const FILE = new URL('labeled-prompts.json', import.meta.url);
/** A trait counts as obeyed only if every seed draws it, so that chance does not. */
const SEEDS = [11, 4_242];
const STYLE = 'photorealistic';
/** Two colors nearer than this have the same name. OKLab. */
const SAME_COLOR = 0.15;

/** What the color words of the labels mean; written apart from the reader's own tables. */
const CLOTH: Readonly<Record<string, Color>> = {
  red: '#b8342f',
  orange: '#d8762f',
  yellow: '#dcb13f',
  green: '#3f7d50',
  blue: '#3a64b0',
  purple: '#6a4aa0',
  pink: '#e08fae',
  brown: '#76553e',
  black: '#24242a',
  white: '#f2f0ec',
  gray: '#85898f',
  beige: '#c9b490',
  teal: '#21888a',
  gold: '#cda23a',
  silver: '#b8c0ca',
  navy: '#26365a',
  burgundy: '#701f31',
  amber: '#b3782a',
  hazel: '#86683a',
};
const HAIR: Readonly<Record<string, Color>> = {
  ...CLOTH,
  red: '#b04a28',
  blond: '#d0ac68',
  brown: '#4f3528',
  auburn: '#7c3a28',
  black: '#221c1a',
  gray: '#8f8d8d',
  silver: '#cfcbc4',
  white: '#ece7df',
};
const SKIN: Readonly<Record<string, Color>> = {
  pale: '#f4dccb',
  tan: '#cb9769',
  olive: '#b98a5c',
  dark: '#65402c',
  green: '#7fae6e',
  blue: '#6f97c4',
  purple: '#9a7ab8',
};

/** The scores of one half by class of trait. */
export async function scoreHalf(half: Half): Promise<ReadonlyMap<string, Score>> {
  const labeled = JSON.parse(await readFile(FILE, 'utf8')) as LabeledPrompt[];
  const scores = new Map<string, { told: number; obeyed: number; missed: Missed[] }>();
  for (const entry of labeled.filter((_, index) => HALVES[index % 2] === half)) {
    const sittings = SEEDS.map((seed) => sit(entry.prompt, seed));
    for (const [trait, slot, told] of traitsOf(entry)) {
      const score = scores.get(slot) ?? { told: 0, obeyed: 0, missed: [] };
      scores.set(slot, score);
      score.told += 1;
      const drawn = sittings.map((observed) => valueOf(observed, trait, slot));
      if (drawn.every((value) => agrees(slot, told, value))) score.obeyed += 1;
      else score.missed.push({ prompt: entry.prompt, trait, told: String(told), drawn: drawn.join(' / ') });
    }
  }
  return new Map([...scores].toSorted(([a], [b]) => a.localeCompare(b)));
}

function sit(said: string, seed: number): Observed {
  const prompt = buildPrompt({ prompt: said, style: STYLE });
  const size = { widthPx: 512, heightPx: 512 };
  return observe(settlePerson({ style: STYLE, attributes: {}, prompt, seed, ...size }));
}

type Trait = readonly [trait: string, slot: string, told: string | true];

function traitsOf({ with: worn = {}, without = [], notDrawn = [], ...slots }: LabeledPrompt): Trait[] {
  return [
    ...Object.entries(slots)
      .filter(([slot]) => slot !== 'prompt')
      .map(([slot, told]) => [slot, slot, told as string] as const),
    ...Object.keys(worn).map((name) => [name, 'accessory', true] as const),
    ...Object.entries(worn).flatMap(([name, told]) => (told === true ? [] : [[name, 'accessoryColor', told] as const])),
    ...without.map((name) => [name, 'left out', true] as const),
    ...notDrawn.map((name) => [name, 'not drawn', true] as const),
  ];
}

function valueOf(observed: Observed, trait: string, slot: string): string | boolean | undefined {
  if (slot === 'accessory') return observed.accessories.has(trait);
  if (slot === 'accessoryColor') return observed.accessories.get(trait);
  if (slot === 'left out') return !observed.accessories.has(trait);
  if (slot === 'not drawn')
    return observed.notDrawn.some((phrase) => phrase.split(' ').some((word) => word.startsWith(trait)));
  return observed.slots[slot];
}

function agrees(slot: string, told: string | true, drawn: string | boolean | undefined): boolean {
  const hairy = slot === 'hairColor' || slot === 'beardColor';
  const table = slot === 'skin' ? SKIN : hairy ? HAIR : slot.endsWith('Color') ? CLOTH : null;
  if (table === null || told === true) return drawn === told;
  const meant = table[told];
  if (meant === undefined) throw new Error(`no label may say ${slot} ${told}`);
  if (typeof drawn !== 'string' || !drawn.startsWith('#')) return false;
  // A light blue and a dark blue are both blue.
  return [meant, lighten(meant, 0.4), darken(meant, 0.35)].some((tone) => distance(drawn as Color, tone) <= SAME_COLOR);
}
