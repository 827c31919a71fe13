import type { z } from 'zod';
import { toJsonSchema } from '#contract/openapi/schemas.ts';
import type { Fault } from './mutations.ts';

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly maxLength?: number;
}

interface QueryMutation {
  readonly fault: Fault | 'given twice';
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
}

/** Not a valid number, date, id, enum value or cursor. */
const GIBBERISH = 'not~this';

/** Every single fault that the schema allows for in one query parameter. */
export function queryMutationsOf(schema: z.ZodObject): readonly QueryMutation[] {
  const properties = Object.entries(toJsonSchema(schema).properties ?? {}) as [string, Property][];
  return [
    { fault: 'unknown field', path: 'unexpected', query: [['unexpected', '1']] },
    ...properties.flatMap(([name, property]) => mutationsOf(name, property)),
  ];
}

function mutationsOf(name: string, { type, enum: choices, format, maxLength }: Property): QueryMutation[] {
  const isFree = type === 'string' && choices === undefined && format === undefined;
  const fault = format === 'uuid' ? 'no UUID' : 'wrong type';
  return [
    ...(isFree ? [] : [{ fault, path: name, query: [[name, GIBBERISH]] } as const]),
    ...(maxLength === undefined
      ? []
      : [{ fault: 'too long', path: name, query: [[name, 'x'.repeat(maxLength + 1)]] } as const]),
    {
      fault: 'given twice',
      path: name,
      query: [
        [name, GIBBERISH],
        [name, GIBBERISH],
      ],
    },
  ];
}
