import type { Persona } from '#contract/avatar.ts';

/** A persona as form fields: all text, with personality traits separated by commas. */
export type PersonaDraft = Record<keyof Persona, string>;

export const PERSONA_MESSAGES: Readonly<Record<keyof PersonaDraft, string>> = {
  name: 'At most 100 characters.',
  age: 'A whole number from 18 to 120.',
  personality: 'At most ten traits of 40 characters, separated by commas.',
  background: 'At most 1\u202F000 characters.',
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
