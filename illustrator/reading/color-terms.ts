import { mix, type Color } from '../drawing/color.ts';
import {
  BACKGROUND_SHADES,
  CLOTH_COLORS,
  EYE_COLOR_NAMES,
  HAIR_COLOR_NAMES,
  SHADES,
  SKIN_COLOR_NAMES,
} from './lexicon/colors.ts';
import type { Term } from './lexicon.ts';

export type ColoredPart = 'cloth' | 'hair' | 'eyes' | 'skin' | 'background';
type Table = Readonly<Record<string, Color>>;

/** The part's own words first, then those of cloth. */
const TABLES: Readonly<Record<ColoredPart, Table>> = {
  cloth: CLOTH_COLORS,
  hair: { ...CLOTH_COLORS, ...HAIR_COLOR_NAMES },
  eyes: { ...CLOTH_COLORS, ...EYE_COLOR_NAMES },
  skin: { ...CLOTH_COLORS, ...SKIN_COLOR_NAMES },
  background: { ...CLOTH_COLORS, ...BACKGROUND_SHADES },
};

/** Common words: of "emerald green" the other one is meant, of "sea blue" the last one. */
const BASIC = new Set([
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'white',
  'gray',
]);

/** The colors that terms give to a part, the main one first. Color words that a part lacks are left out. */
export function colorsOf(terms: readonly Term[], part: ColoredPart): Color[] {
  const table = TABLES[part];
  const colors: Color[] = [];
  let shade: string | undefined;
  let special: Color | undefined;
  for (const { meaning } of terms) {
    if (meaning?.is === 'shade') shade = meaning.name;
    if (meaning?.is !== 'color') continue;
    const { name } = meaning;
    const color = name.startsWith('#') ? (name as Color) : table[name];
    if (color === undefined) continue;
    if (special !== undefined && BASIC.has(name)) {
      special = undefined;
      continue;
    }
    special = BASIC.has(name) ? undefined : color;
    colors.push(shaded(color, shade));
    shade = undefined;
  }
  const alone = part !== 'cloth' && colors.length === 0 && shade !== undefined ? table[shade] : undefined;
  return alone === undefined ? colors : [alone];
}

export const colorOf = (terms: readonly Term[], part: ColoredPart): Color | undefined => colorsOf(terms, part)[0];

function shaded(color: Color, shade: string | undefined): Color {
  const [towards, amount] = (shade !== undefined && SHADES[shade]) || [color, 0];
  return amount === 0 ? color : mix(color, towards, amount);
}
