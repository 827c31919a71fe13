import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactMetadata, presentMetadata } from './exact-metadata.ts';
import { membersOf } from './json-members.ts';

const bodyOf = (metadata: string) => `{"appId":"a:{,", "metadata" : ${metadata} ,"action":"x"}`;

describe('membersOf', () => {
  it('returns the members that a parser reads, each with its text', () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(values, fc.constantFrom(0, 2), (value, indent) => {
        const read = membersOf(JSON.stringify(value, null, indent)).map(({ key, json }) => [key, JSON.parse(json)]);
        expect(read).toEqual(Object.entries(JSON.parse(JSON.stringify(value)) as object));
      }),
    );
  });
});

describe('the metadata of a use', () => {
  it('is retained pair by pair', () => {
    const sent = '{"__proto__":"x","n":12345678901234567890,"t":1e-7,"é":"NFC","e\u0301":"NFD","b":null,"s":" [,] "}';
    expect(exactMetadata(bodyOf(sent))).toBe(sent);
    expect(JSON.stringify(presentMetadata(sent))).toBe(sent);
    expect(exactMetadata('{"appId":"a"}')).toBe('{}');
  });

  it.each([
    ['{"a":1,"\\u0061":1}', 'metadata.a', 'more than once'],
    ['{"n":-0}', 'metadata.n', 'as it was sent'],
    ['{"n":-0.0e5}', 'metadata.n', 'as it was sent'],
    ['{"n":1e400}', 'metadata.n', ''],
    [`{"n":0.${'1'.repeat(250)}}`, 'metadata.n', 'send it as text'],
    [`{"__proto__":"${'x'.repeat(201)}"}`, 'metadata.__proto__', ''],
    ['{"__proto__":{}}', 'metadata.__proto__', ''],
    [
      `{${Array.from({ length: 17 }, (_, index) => `"${index === 0 ? '__proto__' : index}":1`).join()}}`,
      'metadata',
      '16',
    ],
  ])('%s is refused with the pair that can’t be stored', (metadata, path, message) => {
    expect(() => exactMetadata(bodyOf(metadata))).toThrow(
      expect.objectContaining({ details: { errors: [{ path, message: expect.stringContaining(message) }] } }),
    );
  });
});
