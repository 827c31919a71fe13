import type { Style } from '../prompt/style.ts';

export const GENDERS = ['woman', 'man', 'nonbinary'] as const;
export type Gender = (typeof GENDERS)[number];

/** Adults only; the persona's age is at least 18 too. */
export const AGE_RANGES = ['20s', '30s', '40s', '50s', '60+'] as const;
export type AgeRange = (typeof AGE_RANGES)[number];

export const ATTRIBUTE_MAX_LENGTH = 40;

interface Swatch {
  readonly value: string;
  readonly hex: string;
}

export const HAIR_COLORS: readonly Swatch[] = [
  { value: 'black', hex: '#1f1a17' },
  { value: 'brown', hex: '#4a322a' },
  { value: 'chestnut', hex: '#6b4631' },
  { value: 'auburn', hex: '#7c3a28' },
  { value: 'copper', hex: '#a65e3a' },
  { value: 'blond', hex: '#cba766' },
  { value: 'ash', hex: '#a59c90' },
  { value: 'silver', hex: '#cfcbc4' },
  { value: 'white', hex: '#ece7df' },
  { value: 'sea green', hex: '#2f4f49' },
];

export const SKIN_TONES: readonly Swatch[] = [
  { value: 'porcelain', hex: '#f6e0d3' },
  { value: 'fair', hex: '#eeccb4' },
  { value: 'tan', hex: '#d09a6d' },
  { value: 'olive', hex: '#b98a5c' },
  { value: 'brown', hex: '#8d5a3b' },
  { value: 'deep', hex: '#5b3524' },
];

export const EYE_COLORS: readonly Swatch[] = [
  { value: 'brown', hex: '#5b3a26' },
  { value: 'hazel', hex: '#8a6b3a' },
  { value: 'green', hex: '#4d7a4f' },
  { value: 'blue', hex: '#4a78a8' },
  { value: 'gray', hex: '#7f8a93' },
  { value: 'amber', hex: '#b3782a' },
];

export const HAIR_STYLES = [
  'short',
  'medium',
  'long',
  'curly',
  'wavy',
  'bob',
  'bun',
  'braided',
  'tied back',
  'spiky',
  'undercut',
  'none',
] as const;
export const BODY_TYPES = ['slim', 'average', 'athletic', 'sturdy', 'round'] as const;

/** An attribute has either a closed list of values, or any short text with suggestions for pickers. */
type Attribute = { readonly label: string } & (
  | { readonly values: readonly string[] }
  | { readonly suggestions: readonly (string | Swatch)[] }
);

/**
 * What can be said about a person's looks: the one list. The contract, the tables' checks, the page's pickers and the illustrator's
 * input are derived from it; the prompt has a phrase for each (../prompt/traits.ts).
 */
export const ATTRIBUTES = {
  gender: { label: 'Gender', values: GENDERS },
  ageRange: { label: 'Age', values: AGE_RANGES },
  ethnicity: { label: 'Ethnicity', suggestions: [] },
  bodyType: { label: 'Build', suggestions: BODY_TYPES },
  hairStyle: { label: 'Cut', suggestions: HAIR_STYLES },
  hairColor: { label: 'Hair', suggestions: HAIR_COLORS },
  eyeColor: { label: 'Eyes', suggestions: EYE_COLORS },
  skinTone: { label: 'Skin', suggestions: SKIN_TONES },
} as const satisfies Record<string, Attribute>;
export type AttributeName = keyof typeof ATTRIBUTES;
export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES) as AttributeName[];

/** An avatar's appearance. */
export type VisualAttributes = {
  readonly [Name in AttributeName]?: ValueOf<(typeof ATTRIBUTES)[Name]> | undefined;
} & { readonly style?: Style | undefined };

type ValueOf<Of> = Of extends { readonly values: readonly (infer Value)[] } ? Value : string;

/** The only values of a closed attribute; null where any short text is accepted. */
export function valuesOf(name: AttributeName): readonly string[] | null {
  const attribute: Attribute = ATTRIBUTES[name];
  return 'values' in attribute ? attribute.values : null;
}

/** What a picker offers. */
export function suggestionsOf(name: AttributeName): readonly { readonly value: string; readonly hex?: string }[] {
  const attribute: Attribute = ATTRIBUTES[name];
  const suggestions = 'values' in attribute ? attribute.values : attribute.suggestions;
  return suggestions.map((suggestion) => (typeof suggestion === 'string' ? { value: suggestion } : suggestion));
}
