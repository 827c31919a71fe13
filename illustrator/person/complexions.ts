import type { Color } from '../drawing/color.ts';

/** Ready-made harmonies of skin, hair and eyes for when a trait is left open: none of them looks thrown together. */
export interface Complexion {
  readonly skin: Color;
  readonly hair: readonly [Color, ...Color[]];
  readonly eyes: readonly [Color, ...Color[]];
}

const BLACK = '#1f1a19';
const DARK = '#33241d';
const BROWN = '#4f3425';
const CHESTNUT = '#6b4430';
const AUBURN = '#7f3a26';
const COPPER = '#a85f39';
const SAND = '#a98a58';
const BLOND = '#cfa866';
const DEEP_EYE = '#3f2819';
const BROWN_EYE = '#5b3a26';
const HAZEL = '#86683a';
const GREEN = '#4d7a4f';
const BLUE = '#4a78a8';
const GRAY = '#76838e';

/** From the fairest to the deepest; the lexicon's words of origin name them by index. */
export const COMPLEXIONS: readonly [Complexion, ...Complexion[]] = [
  { skin: '#f6ddcd', hair: [COPPER, AUBURN, BLOND, DARK], eyes: [GREEN, BLUE, GRAY] },
  { skin: '#f0cdb4', hair: [BROWN, CHESTNUT, BLOND, SAND, DARK], eyes: [BLUE, HAZEL, GRAY, BROWN_EYE] },
  { skin: '#e8bc9b', hair: [BLACK, DARK, BROWN, CHESTNUT], eyes: [BROWN_EYE, HAZEL, GREEN, DEEP_EYE] },
  { skin: '#dba980', hair: [BLACK, DARK, BROWN], eyes: [BROWN_EYE, DEEP_EYE, HAZEL] },
  { skin: '#c99468', hair: [BLACK, DARK, BROWN], eyes: [BROWN_EYE, DEEP_EYE, HAZEL] },
  { skin: '#b37d52', hair: [BLACK, DARK], eyes: [BROWN_EYE, DEEP_EYE, HAZEL] },
  { skin: '#97643f', hair: [BLACK, DARK], eyes: [DEEP_EYE, BROWN_EYE] },
  { skin: '#7d4f33', hair: [BLACK, DARK], eyes: [DEEP_EYE, BROWN_EYE] },
  { skin: '#643d29', hair: [BLACK, DARK], eyes: [DEEP_EYE, BROWN_EYE] },
  { skin: '#4e3022', hair: [BLACK], eyes: [DEEP_EYE] },
];
export const ANY_COMPLEXION = [0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9] as const;
