import type { CheckBuilder } from 'drizzle-orm/pg-core';
import { objectShape } from './checks.ts';

// A background of 1,000 four-byte characters and ten traits of forty fit.
const PERSONA_MAX_BYTES = 8_192;
const ATTRIBUTES_MAX_BYTES = 2_048;

/** A persona: contract/avatar.ts `persona`, by key and type. */
export function personaShape(table: string, column: string): CheckBuilder {
  const fields = { name: 'string', age: 'number', personality: 'array', background: 'string' } as const;
  return objectShape(table, column, fields, PERSONA_MAX_BYTES);
}

/** Visual attributes of a person: contract/avatar.ts `visualAttributes`, by key and type. */
export function attributesShape(table: string, column: string): CheckBuilder {
  const fields = {
    gender: 'string',
    ageRange: 'string',
    ethnicity: 'string',
    bodyType: 'string',
    hairStyle: 'string',
    hairColor: 'string',
    eyeColor: 'string',
    skinTone: 'string',
    style: 'string',
  } as const;
  return objectShape(table, column, fields, ATTRIBUTES_MAX_BYTES);
}
