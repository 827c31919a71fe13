import type { Persona } from '#contract/avatar.ts';
import { PERSONA_LIMITS } from '#domain/persona/persona.ts';
import { formatCount } from '#web/format/count.ts';

/** A persona as form fields: all text, with personality traits separated by commas. */
export type PersonaDraft = Record<keyof Persona, string>;

const { nameMaxLength, ageMin, ageMax, traitsMax, traitMaxLength, backgroundMaxLength } = PERSONA_LIMITS;
export const PERSONA_MESSAGES: Readonly<Record<keyof PersonaDraft, string>> = {
  name: `At most ${nameMaxLength} characters.`,
  age: `A whole number from ${ageMin} to ${ageMax}.`,
  personality: `At most ${traitsMax} traits of ${traitMaxLength} characters, separated by commas.`,
  background: `At most ${formatCount(backgroundMaxLength)} characters.`,
};

export function personaDraft({ name = '', age, personality = [], background = '' }: Persona = {}): PersonaDraft {
  return { name, age: age === undefined ? '' : String(age), personality: personality.join(', '), background };
}

/** The fields that have a value; not validated yet. */
export function personaOf({ name, age, personality, background }: PersonaDraft): Persona {
  const traits = personality
    .split(/[,،、]/u)
    .map((trait) => trait.trim())
    .filter(Boolean);
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(age.trim() && { age: Number(age) }),
    ...(traits.length > 0 && { personality: traits }),
    ...(background.trim() && { background: background.trim() }),
  };
}
