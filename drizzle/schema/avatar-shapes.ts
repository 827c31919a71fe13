import type { CheckBuilder } from '../orm.ts';
import { z } from 'zod';
import { persona, visualAttributes } from '#contract/avatar.ts';
import { objectShape, type JsonType } from './checks.ts';

// A background of 1,000 characters, each of four code points of four bytes, and ten traits of forty fit.
const PERSONA_MAX_BYTES = 32_768;
const ATTRIBUTES_MAX_BYTES = 8_192;

/** A persona, by key and type. */
export function personaShape(table: string, column: string): CheckBuilder {
  return objectShape(table, column, fieldsOf(persona), PERSONA_MAX_BYTES);
}

/** Visual attributes of a person, by key and type. */
export function attributesShape(table: string, column: string): CheckBuilder {
  return objectShape(table, column, fieldsOf(visualAttributes), ATTRIBUTES_MAX_BYTES);
}

function fieldsOf({ shape }: z.ZodObject): Record<string, JsonType> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, jsonTypeOf(field)]));
}

function jsonTypeOf(field: z.core.$ZodType): JsonType {
  const { type } = z.toJSONSchema(field, { io: 'input' });
  if (type === 'integer') return 'number';
  if (typeof type !== 'string' || type === 'null') throw new Error('A field needs one JSON type');
  return type;
}
