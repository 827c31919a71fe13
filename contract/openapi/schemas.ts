import { z } from 'zod';
import type { Json } from './json.ts';

const SCHEMA_PATH = '#/components/schemas/';
/** Zod writes the safe integer bounds on every integer; they are noise in the document. */
const IMPLIED_BOUNDS = [
  ['minimum', Number.MIN_SAFE_INTEGER],
  ['maximum', Number.MAX_SAFE_INTEGER],
] as const;

/** The fields of an object as JSON Schema; named schemas become references. */
export function fieldsOf(schema: z.ZodObject): { properties: Record<string, Json>; required: readonly string[] } {
  const { properties = {}, required = [] } = toJsonSchema(schema);
  const referring = JSON.stringify(properties).replaceAll('"#/$defs/', `"${SCHEMA_PATH}`);
  return { properties: JSON.parse(referring) as Record<string, Json>, required };
}

/** The input of a schema as JSON Schema. */
export function toJsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: 'input', override: withoutImpliedBounds });
}

/**
 * Every named schema, without examples: those appear where the body or reply is used. Sorted, so that the order in which modules
 * were loaded does not matter.
 */
export function namedSchemas(): Record<string, Json> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: 'input',
    uri: (id) => SCHEMA_PATH + id,
    override: withoutImpliedBounds,
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { $schema: _s, $id: _i, examples: _e, ...schema }]) => [id, schema]),
  );
}

/** A body's or reply's schema by its name, with its example, as the content of a media type. */
export function mediaType(schema: z.ZodType): Json {
  const [example] = examplesOf(schema);
  return { schema: referenceTo(schema), ...(example !== undefined && { example }) };
}

/** @throws Error when the schema has no name */
export function referenceTo(schema: z.ZodType): Json {
  const id = named(schema).meta()?.id;
  if (id === undefined) throw new Error('A body or reply without a name: give its schema an id');
  return { $ref: SCHEMA_PATH + id };
}

/** The `examples` of a body's or reply's schema. */
export function examplesOf(schema: z.ZodType): readonly unknown[] {
  const examples = named(schema).meta()?.['examples'];
  return Array.isArray(examples) ? examples : [];
}

function named(schema: z.ZodType): z.ZodType {
  return schema.meta()?.id === undefined && schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function withoutImpliedBounds({ jsonSchema }: { jsonSchema: Json }): void {
  for (const [bound, implied] of IMPLIED_BOUNDS) if (jsonSchema[bound] === implied) delete jsonSchema[bound];
}
