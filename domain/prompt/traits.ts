import type { AgeRange, AttributeName, Gender, VisualAttributes } from '../persona/attributes.ts';
import { capitalized, clause } from './prompt-text.ts';

const AGE_WORDS: Readonly<Record<AgeRange, string>> = {
  '20s': 'in their 20s',
  '30s': 'in their 30s',
  '40s': 'in their 40s',
  '50s': 'in their 50s',
  '60+': 'over 60',
};
const GENDER_WORDS: Readonly<Record<Gender, string>> = { woman: 'Woman', man: 'Man', nonbinary: 'Nonbinary person' };

/** The phrase for an attribute, in the sentence's order; null where another one's phrase includes it. */
const PHRASES: Readonly<Record<AttributeName, ((attributes: VisualAttributes) => string) | null>> = {
  gender: ({ gender, ageRange }) =>
    [gender ? GENDER_WORDS[gender] : ageRange && 'Person', ageRange && AGE_WORDS[ageRange]].filter(Boolean).join(' '),
  ageRange: null,
  ethnicity: ({ ethnicity }) => clause(ethnicity ?? ''),
  bodyType: ({ bodyType }) => phrase(bodyType, 'build'),
  skinTone: ({ skinTone }) => phrase(skinTone, 'skin'),
  hairColor: ({ hairColor, hairStyle }) => {
    const style = clause(hairStyle ?? '');
    return style === 'none'
      ? 'shaved head'
      : phrase([clause(hairColor ?? ''), style].filter(Boolean).join(' '), 'hair');
  },
  hairStyle: null,
  eyeColor: ({ eyeColor }) => phrase(eyeColor, 'eyes'),
};

/** A person's appearance as one sentence without its period; empty without attributes. */
export function describeTraits(attributes: VisualAttributes): string {
  const [first, ...rest] = Object.values(PHRASES)
    .map((describe) => describe?.(attributes))
    .filter((trait) => trait !== undefined && trait !== '');
  return first === undefined ? '' : [capitalized(first), ...rest].join(', ');
}

function phrase(trait: string | undefined, noun: string): string {
  const text = clause(trait ?? '');
  return text && `${text} ${noun}`;
}
