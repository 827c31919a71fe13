import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { z } from 'zod';
import { toJsonSchema } from '#contract/openapi/schemas.ts';

type Json = Record<string, unknown>;
type Value = unknown;

export type Fault = 'unknown field' | 'wrong type' | 'too long' | 'no UUID';

/** A valid value with one fault. */
export interface Mutation {
  readonly fault: Fault;
  /** The path of the fault, as `errors` in the answer gives it. */
  readonly path: string;
  readonly value: Value;
}

const WRONG_TYPES: readonly Value[] = [12.5, 'not this', true, [[]], { unexpected: 1 }];
const UNKNOWN = 'unexpected';

const ajv = new Ajv2020({ strict: false });
formats.default(ajv, ['uuid', 'date-time', 'date', 'uri']);

/** Every single fault that the schema allows for in the example. */
export function mutationsOf(schema: z.ZodType, example: Value): readonly Mutation[] {
  const root = toJsonSchema(schema) as Json;
  return faults(root, root, example).map(({ path, ...rest }) => ({ ...rest, path: path.join('.') }));
}

interface Found {
  readonly fault: Fault;
  readonly path: readonly string[];
  readonly value: Value;
}

/** Faults of `example` itself, then of its parts, each as the whole value with that one fault. */
function faults(root: Json, at: Json, example: Value): Found[] {
  const schema = branchOf(root, at, example);
  const own: Found[] = [...wrongTypes(root, schema), ...tooLong(schema, example), ...noUuid(schema)];
  if (Array.isArray(example)) return [...own, ...insideFirst(root, schema, example)];
  if (example === null || typeof example !== 'object') return own;
  return [...own, ...insideObject(root, schema, example as Json)];
}

function wrongTypes(root: Json, schema: Json): Found[] {
  const accepts = ajv.compile({ ...schema, $defs: root['$defs'] });
  const value = WRONG_TYPES.find((candidate) => !accepts(candidate));
  return value === undefined ? [] : [{ fault: 'wrong type', path: [], value }];
}

function tooLong(schema: Json, example: Value): Found[] {
  const { maxLength, maxItems } = schema as { maxLength?: number; maxItems?: number };
  if (maxLength !== undefined) return [{ fault: 'too long', path: [], value: 'x'.repeat(maxLength + 1) }];
  if (maxItems === undefined || !Array.isArray(example)) return [];
  const item: Value = example[0] ?? 'x';
  return [{ fault: 'too long', path: [], value: Array.from({ length: maxItems + 1 }, () => item) }];
}

function noUuid(schema: Json): Found[] {
  return schema['format'] === 'uuid' ? [{ fault: 'no UUID', path: [], value: '0199a7c2-not-a-uuid' }] : [];
}

function insideFirst(root: Json, schema: Json, example: readonly Value[]): Found[] {
  const [first, ...rest] = example;
  if (first === undefined || typeof schema['items'] !== 'object') return [];
  return faults(root, schema['items'] as Json, first).map(within('0', (value) => [value, ...rest]));
}

function insideObject(root: Json, schema: Json, example: Json): Found[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const inside = properties.flatMap(([name, property]) =>
    faults(root, property, example[name]).map(within(name, (value) => ({ ...example, [name]: value }))),
  );
  if (schema['additionalProperties'] !== false) return inside;
  return [{ fault: 'unknown field', path: [UNKNOWN], value: { ...example, [UNKNOWN]: 1 } }, ...inside];
}

function within(name: string, put: (value: Value) => Value) {
  return ({ fault, path, value }: Found): Found => ({ fault, path: [name, ...path], value: put(value) });
}

/** Resolves references, and of alternatives the one that the example matches. */
function branchOf(root: Json, schema: Json, example: Value): Json {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = (root['$defs'] as Record<string, Json>)[reference.replace('#/$defs/', '')];
    return branchOf(root, target ?? {}, example);
  }
  const branches = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (branches === undefined) return schema;
  const fitting = branches.find((branch) => ajv.validate({ ...branch, $defs: root['$defs'] }, example));
  // All alternatives stay in the schema: a faulty value must match none of them.
  return fitting === undefined || schema['properties'] ? schema : { ...branchOf(root, fitting, example), ...schema };
}
