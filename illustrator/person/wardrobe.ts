import type { Style } from '#domain/prompt/style.ts';
import type { Color } from '../drawing/color.ts';
import type { Costume } from './dress-words.ts';
import { readColor } from './read-prompt.ts';
import type { RandomStream } from './seeded-random.ts';
import { CLOTH_WORDS } from './word-tables.ts';

const DEFAULT_COSTUMES: Partial<Record<Style, readonly [Costume, ...Costume[]]>> = {
  fantasy: ['cloak', 'robe', 'velvet', 'armor'],
  'sci-fi': ['flight', 'android', 'techwear'],
  cyberpunk: ['techwear', 'jacket'],
  'post-apocalyptic': ['scout'],
  classical: ['velvet', 'dress'],
  noir: ['trench', 'suit'],
  anime: ['blazer', 'hoodie', 'shirt', 'knit'],
  chibi: ['hoodie', 'dress', 'tee', 'knit'],
};

const EVERYDAY: readonly [Costume, ...Costume[]] = ['tee', 'shirt', 'knit', 'jacket', 'hoodie'];

export const CLOTHES: readonly [Color, ...Color[]] = [
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

const COSTUME_NOUN =
  '(?:suit|blazer|jacket|coat|knit|sweater|jumper|turtleneck|robe|robes|cloak|hood|dress|gown|shirt|blouse|hoodie|scarf|apron|doublet|armou?r|uniform|tee|t-shirt)';

export function openCostume(style: Style, feminine: number, stream: RandomStream): Costume {
  const picked = stream.pick(DEFAULT_COSTUMES[style] ?? EVERYDAY);
  if (picked !== 'dress' || feminine >= 0.5) return picked;
  return style === 'classical' ? 'velvet' : 'shirt';
}

export function clothColor(costume: Costume, words: string): Color | undefined {
  const match = new RegExp(`((?:[a-z-]+ ){1,3})${COSTUME_NOUN}\\b`).exec(words);
  const said = readColor(CLOTH_WORDS, match?.[1] ?? '');
  if (said) return said;
  const own: Partial<Record<Costume, Color>> = {
    suit: '#2a3652',
    blazer: '#2b3f70',
    tweed: '#7c6647',
    trench: '#94856a',
    coat: '#eef1f1',
    flight: '#c5642e',
    spacesuit: '#e3e3de',
    android: '#e9edf1',
    techwear: '#23252f',
    armor: '#b4bdc9',
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
