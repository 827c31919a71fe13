import { check, type CheckBuilder, sql } from '../orm.ts';
import { CODE_POINTS_PER_CHARACTER } from '#domain/text/characters.ts';

export type JsonType = 'string' | 'number' | 'boolean' | 'array' | 'object';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const listed = (values: readonly (string | number)[]) =>
  values.map((value) => (typeof value === 'number' ? String(value) : quoted(value))).join(', ');

/** The column holds one of the values. Null passes, as in every CHECK. */
export function oneOf(table: string, column: string, values: readonly (string | number)[]): CheckBuilder {
  return check(`${table}_${column}`, sql.raw(`${column} IN (${listed(values)})`));
}

/** The text has between `least` and `most` characters. */
export function textLength(table: string, column: string, least: number, most: number): CheckBuilder {
  return check(`${table}_${column}_length`, sql.raw(`char_length(${column}) BETWEEN ${least} AND ${most}`));
}

/** Typed text of `most` characters as a reader counts them, which Postgres can't: it bounds their code points. */
export function typedTextLength(table: string, column: string, least: number, most: number): CheckBuilder {
  return textLength(table, column, least, most * CODE_POINTS_PER_CHARACTER);
}

/** The number is between `least` and `most`, inclusive. */
export function between(table: string, column: string, least: number, most: number): CheckBuilder {
  return check(`${table}_${column}_range`, sql.raw(`${column} BETWEEN ${least} AND ${most}`));
}

/**
 * The document is an object with no keys but `fields`, each of its type, and at most `maxBytes` long as text. The contract's zod
 * schemas check more; this rejects what bypassed them.
 */
export function objectShape(
  table: string,
  column: string,
  fields: Readonly<Record<string, JsonType>>,
  maxBytes: number,
): CheckBuilder {
  const keys = Object.keys(fields);
  const typed = keys.map(
    (key) => `coalesce(jsonb_typeof(${column}->${quoted(key)}), ${quoted(fields[key]!)}) = ${quoted(fields[key]!)}`,
  );
  const parts = [
    `jsonb_typeof(${column}) = 'object'`,
    `${column} - ARRAY[${listed(keys)}]::text[] = '{}'::jsonb`,
    ...typed,
    `octet_length(${column}::text) <= ${maxBytes}`,
  ];
  return check(`${table}_${column}_shape`, sql.raw(parts.join(' AND ')));
}

/** Any object of at most `maxBytes`, for documents whose keys are not ours. */
export function boundedObject(table: string, column: string, maxBytes: number): CheckBuilder {
  return check(
    `${table}_${column}_shape`,
    sql.raw(`jsonb_typeof(${column}) = 'object' AND octet_length(${column}::text) <= ${maxBytes}`),
  );
}

/** An array of at most `maxItems` and `maxBytes`. */
export function boundedArray(table: string, column: string, maxItems: number, maxBytes: number): CheckBuilder {
  return check(
    `${table}_${column}_shape`,
    sql.raw(
      `jsonb_typeof(${column}) = 'array' AND jsonb_array_length(${column}) <= ${maxItems} AND octet_length(${column}::text) <= ${maxBytes}`,
    ),
  );
}

/** A SHA-256, hexadecimal. */
export function sha256Hex(table: string, column: string): CheckBuilder {
  return check(`${table}_${column}`, sql.raw(`${column} ~ '^[0-9a-f]{64}$'`));
}
