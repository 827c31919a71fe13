import {
  ATTRIBUTES,
  ATTRIBUTE_NAMES,
  suggestionsOf,
  type AttributeName,
  type VisualAttributes,
} from '#domain/persona/attributes.ts';

/** The values a chip offers. Without options the attribute is free text. */
export interface AttributeChoice {
  readonly name: AttributeName;
  readonly label: string;
  readonly options: ReturnType<typeof suggestionsOf>;
}

/** The most visible ones come first. */
const FIRST: readonly AttributeName[] = [
  'gender',
  'ageRange',
  'skinTone',
  'hairColor',
  'hairStyle',
  'eyeColor',
  'bodyType',
];
const others = ATTRIBUTE_NAMES.filter((name) => !FIRST.includes(name));

export const ATTRIBUTE_CHOICES: readonly AttributeChoice[] = [...FIRST, ...others].map((name) => ({
  name,
  label: ATTRIBUTES[name].label,
  options: suggestionsOf(name),
}));

/** Values by attribute; an empty or missing value means any. */
export type ChosenAttributes = { readonly [Name in AttributeName]?: string | undefined };

/** @param missingLabel of a missing value, where it differs from an empty one */
export function valueLabel(value: string | undefined, missingLabel = 'Any'): string {
  return value === undefined ? missingLabel : value || 'Any';
}

/** Those that have a value. */
export function filledAttributes(values: ChosenAttributes): Omit<VisualAttributes, 'style'> {
  const filled = Object.entries(values).filter(([, value]) => value?.trim());
  return Object.fromEntries(filled) as Omit<VisualAttributes, 'style'>; // the chips offer only the contract's values
}
