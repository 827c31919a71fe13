import {
  AGE_RANGES,
  BODY_TYPES,
  EYE_COLORS,
  GENDERS,
  HAIR_COLORS,
  HAIR_STYLES,
  SKIN_TONES,
  type VisualAttributes,
} from '#domain/persona/attributes.ts';

export type AttributeName = Exclude<keyof VisualAttributes, 'style'>;

interface Choice {
  readonly value: string;
  readonly hex?: string;
}

/** The values a chip offers. Without options the attribute is free text. */
export interface AttributeChoice {
  readonly name: AttributeName;
  readonly label: string;
  readonly options: readonly Choice[];
}

const toChoices = (values: readonly string[]): Choice[] => values.map((value) => ({ value }));

export const ATTRIBUTE_CHOICES: readonly AttributeChoice[] = [
  { name: 'gender', label: 'Gender', options: toChoices(GENDERS) },
  { name: 'ageRange', label: 'Age', options: toChoices(AGE_RANGES) },
  { name: 'skinTone', label: 'Skin', options: SKIN_TONES },
  { name: 'hairColor', label: 'Hair', options: HAIR_COLORS },
  { name: 'hairStyle', label: 'Cut', options: toChoices(HAIR_STYLES) },
  { name: 'eyeColor', label: 'Eyes', options: EYE_COLORS },
  { name: 'bodyType', label: 'Build', options: toChoices(BODY_TYPES) },
  { name: 'ethnicity', label: 'Ethnicity', options: [] },
];
