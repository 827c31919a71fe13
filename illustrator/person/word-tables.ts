import type { Color } from '../drawing/color.ts';
import { HAIR_COLORS, SKIN_TONES, EYE_COLORS } from '#domain/persona/attributes.ts';

type Table = Readonly<Record<string, Color>>;

/** The pickers' swatches are honoured to the digit; these add the other words people use. */
const fromSwatches = (swatches: readonly { value: string; hex: string }[]): Table =>
  Object.fromEntries(swatches.map(({ value, hex }) => [value, `#${hex.slice(1)}` as const]));

export const SKIN_WORDS: Table = {
  pale: '#f5dccb',
  light: '#efcbb0',
  medium: '#d8a67e',
  golden: '#cf9c68',
  caramel: '#b67d50',
  bronze: '#a86f45',
  dark: '#714630',
  ebony: '#48291b',
  black: '#4f2f20',
  white: '#f1d3bf',
  ...fromSwatches(SKIN_TONES),
};

export const HAIR_WORDS: Table = {
  dark: '#2b1f1b',
  brunette: '#523423',
  red: '#a8391f',
  ginger: '#c8642c',
  blonde: '#d4ae68',
  golden: '#d6a548',
  strawberry: '#d99466',
  platinum: '#e9dfc8',
  grey: '#8f8d8d',
  gray: '#8f8d8d',
  salt: '#77726f',
  pink: '#ee8fb2',
  lilac: '#b7a0da',
  lavender: '#b7a0da',
  purple: '#7548a8',
  violet: '#7548a8',
  blue: '#3468c9',
  teal: '#1f918f',
  turquoise: '#2cb0ab',
  green: '#3d8f55',
  orange: '#dd7a2b',
  ...fromSwatches(HAIR_COLORS),
};

export const EYE_WORDS: Table = {
  dark: '#3a2519',
  black: '#2a1d18',
  gold: '#c9992f',
  golden: '#c9992f',
  violet: '#7a57bd',
  purple: '#7a57bd',
  red: '#a8352f',
  teal: '#1f8a8c',
  gray: '#7f8a93',
  silver: '#a5b1bc',
  pink: '#c8638c',
  ...fromSwatches(EYE_COLORS),
};

export const CLOTH_WORDS: Table = {
  navy: '#26365a',
  charcoal: '#40454d',
  red: '#b23a3c',
  crimson: '#962236',
  burgundy: '#6f1e31',
  green: '#3f7a57',
  emerald: '#1f7d5e',
  olive: '#6a6c3e',
  teal: '#21888a',
  blue: '#3a64b0',
  purple: '#6a4aa0',
  lilac: '#a893d2',
  black: '#26262d',
  white: '#f1f0ec',
  cream: '#eadfc9',
  yellow: '#dfb13f',
  mustard: '#c4922f',
  orange: '#d4762f',
  pink: '#e090a8',
  brown: '#76553e',
  beige: '#cdb899',
  grey: '#888d95',
  gray: '#888d95',
  gold: '#c79a3a',
  silver: '#b8c0ca',
};

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
const BLOND = '#cfa866';
const DEEP_EYE = '#3f2819';
const BROWN_EYE = '#5b3a26';
const HAZEL = '#86683a';
const GREEN = '#4d7a4f';
const BLUE = '#4a78a8';
const GREY = '#76838e';

export const COMPLEXIONS: readonly [Complexion, ...Complexion[]] = [
  { skin: '#f4d9c7', hair: [COPPER, AUBURN, BLOND, DARK], eyes: [GREEN, BLUE, GREY] },
  { skin: '#eecab0', hair: [BROWN, CHESTNUT, BLOND, DARK], eyes: [BLUE, HAZEL, GREY, BROWN_EYE] },
  { skin: '#e6ba98', hair: [BLACK, DARK, BROWN], eyes: [BROWN_EYE, HAZEL, DEEP_EYE] },
  { skin: '#d6a279', hair: [BLACK, DARK, BROWN], eyes: [BROWN_EYE, DEEP_EYE, HAZEL] },
  { skin: '#c08a5e', hair: [BLACK, DARK], eyes: [BROWN_EYE, DEEP_EYE, HAZEL] },
  { skin: '#9a6542', hair: [BLACK, DARK], eyes: [DEEP_EYE, BROWN_EYE] },
  { skin: '#6f4530', hair: [BLACK, DARK], eyes: [DEEP_EYE, BROWN_EYE] },
];

/** Which complexions a word about origin leaves open, as indexes into {@link COMPLEXIONS}. */
export const ORIGINS: readonly (readonly [RegExp, readonly [number, ...number[]]])[] = [
  [/\bblack\b|africa|caribbean/, [5, 6]],
  [/south asian|indian|pakist|bengal|sri lank|nepal/, [4, 5]],
  [/southeast|filip|viet|thai|indones|malay/, [3, 4]],
  [/asian|chinese|japan|korea|taiwan/, [2, 3]],
  [/latin|hispan|mexic|brazil|mestiz/, [3, 4]],
  [/middle east|arab|persian|turk|iran|levant|jewish/, [2, 3]],
  [/native|indigen|pacific|polynes|maori|hawai/, [4, 4, 3]],
  [/white|europ|caucas|nordic|scandi|slav|irish|celtic/, [0, 1]],
  [/mixed|multi|biracial/, [3, 4]],
];
