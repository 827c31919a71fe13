import { describe, expect, it } from 'vitest';
import { declareContract } from './declare-contract.ts';
import { printType } from './print-type.ts';

describe('the declarations of the contract', () => {
  const declared = declareContract();

  it.each([
    ['a reference by its name', /type Avatar = \{[^}]*readonly persona: Persona;/],
    ['an optional field', /type CreateGeneration = \{[^}]*readonly prompt\?: string \| undefined;/],
    ['a nullable field', /type Generation = \{[^}]*readonly avatar: Avatar \| null;/],
    ['an enum', /readonly code: "validation_failed" \| /],
    ['a boolean query parameter', /type GenerationFilter = \{[^}]*readonly unfinished\?: boolean \| undefined;/],
  ])('have %s', (_what, text) => {
    expect(declared).toMatch(text);
  });

  it('declare every referenced type, and leave only app-defined values open', () => {
    const names = new Set([...declared.matchAll(/export type (\w+)/g)].map(([, name]) => name));
    const used = [...declared.matchAll(/[:|(] ?(?:readonly )?([A-Z]\w+)/g)].map(([, name]) => name);
    expect(used.filter((name) => !names.has(name) && !/^UTC|^ISO/.test(name!))).toEqual([]);
    expect(declared.match(/.*\bunknown\b.*/g)).toEqual([expect.stringContaining('metadata')]);
  });
});

describe('a schema as a type', () => {
  it.each([
    [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ readonly [name: string]: number }'],
    [{ anyOf: [{ const: 512 }, { const: 768 }] }, '512 | 768'],
    [
      { type: 'object', properties: { a: { type: 'integer' } }, anyOf: [{}] },
      '{\n  readonly a?: number | undefined;\n}',
    ],
  ])('%j is %s', (schema, type) => {
    expect(printType(schema)).toBe(type);
  });

  it('is rejected when it is not supported', () => {
    expect(() => printType({ allOf: [] } as never)).toThrow('No type for {"allOf":[]}');
  });
});
