import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArchiveNames } from './archive-name.ts';

const named = (...names: string[]) => names.map(createArchiveNames('avatar'));

describe('a name in an archive', () => {
  it.each([
    ['Archmage Ysolde', 'Archmage Ysolde'],
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows\\x', 'C Windows x'],
    ['.hidden.', 'hidden'],
    ['con', '_con'],
    ['COM¹', '_COM¹'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['\u200Da\u200D \u200C', 'a'],
    ['क्षत्रिय'.repeat(30), 'क्षत्रिय'.repeat(8)],
    ['<script>', 'script'],
    ['🦊', 'avatar'],
    ['', 'avatar'],
    ['Müller (2)', 'Müller (2)'],
    ['アバター', 'アバター'],
    ['evil\u202Egnp.exe', 'evil gnp exe'],
    ['a\u0000b\nc', 'a b c'],
  ])('for %j is %j', (name, expected) => {
    expect(named(name)).toEqual([expected]);
  });

  it('is unique regardless of case', () => {
    expect(named('Bard', 'bard', 'Bard (2)', 'BARD')).toEqual(['Bard', 'bard (2)', 'Bard (2) (2)', 'BARD (3)']);
  });

  it('is safe and unique for arbitrary input', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 30 }), (typed) => {
        const names = named(...typed);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(typed.length);
        for (const name of names) {
          expect(name).toMatch(/^(?:[^/\\:*?"<>|.\p{Cc}\p{Cf}]|[\u200C\u200D])+$/u);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(250);
        }
      }),
      { numRuns: 30 },
    );
  });
});
