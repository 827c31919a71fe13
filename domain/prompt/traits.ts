import type { VisualAttributes } from '../persona/attributes.ts';
import { clause } from './prompt-text.ts';

const AGE_WORDS: Readonly<Record<string, string>> = {
  '20s': 'in their 20s',
  '30s': 'in their 30s',
  '40s': 'in their 40s',
  '50s': 'in their 50s',
  '60+': 'over 60',
};
const GENDER_WORDS: Readonly<Record<string, string>> = { woman: 'Woman', man: 'Man', nonbinary: 'Nonbinary person' };

/** A person's appearance as one sentence without its period; empty without attributes. */
export function describeTraits(attributes: VisualAttributes): string {
  const { gender, ageRange } = attributes;
  const [ethnicity, bodyType, hairStyle, hairColor, eyeColor, skinTone] = [
    attributes.ethnicity,
    attributes.bodyType,
    attributes.hairStyle,
    attributes.hairColor,
    attributes.eyeColor,
    attributes.skinTone,
  ].map((trait) => clause(trait ?? ''));
  const who = [gender ? GENDER_WORDS[gender] : undefined, ageRange ? AGE_WORDS[ageRange] : undefined]
    .filter(Boolean)
    .join(' ');
  const hair = [hairColor, hairStyle === 'none' ? undefined : hairStyle].filter(Boolean).join(' ');
  const traits = [
    who && !gender ? `Person ${who}` : who,
    ethnicity,
    bodyType && `${bodyType} build`,
    skinTone && `${skinTone} skin`,
    hairStyle === 'none' ? 'shaved head' : hair && `${hair} hair`,
    eyeColor && `${eyeColor} eyes`,
  ].filter((trait): trait is string => Boolean(trait));
  const [first, ...rest] = traits;
  return first === undefined ? '' : [capitalized(first), ...rest].join(', ');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
