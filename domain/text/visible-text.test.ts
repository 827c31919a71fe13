import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, isVisible } from './visible-text.ts';

const ENGLAND = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';

describe('cleanText', () => {
  it.each([
    '',
    ' \n',
    '\u200B',
    '\u2060',
    '\u00AD',
    '\u3164',
    '\u115F\u1160',
    '\u2800',
    '\u034F',
    '\uFE0F',
    '\u{E0041}',
    '\u202E',
    '\uFFA0',
    '\uFEFF',
    '\u061C',
    '\u{1D173}',
    '\u2067 \u2069',
    '\u0301',
    '\u200D\u200C',
  ])('leaves nothing to see of %j', (text) => {
    expect(isVisible(cleanText(text))).toBe(false);
  });

  it.each([
    ['A' + '\u200B'.repeat(10), 'A'],
    ['\uFEFF\u2060A', 'A'],
    ['A\uFE0F', 'A'],
    ['Invoice \u202Egpj.exe', 'Invoice gpj.exe'],
    ['\u2067 abc', 'abc'],
    ['a\u{E0041}\u{E0042}b', 'ab'],
    ['e\u0301', 'é'],
    ['❤\uFE0F\u200D \u200B', '❤\uFE0F'],
  ])('cleans %j', (text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  it.each([
    '👨‍👩‍👧',
    '❤\uFE0F',
    ENGLAND,
    '1\uFE0F\u20E3',
    'می‌خواهم',
    'क्‍ष',
    '葛\u{E0100}',
    'שרה (Sarah) 42',
    '100% مرحبا!',
    'ក\u200Bខ',
  ])('leaves %j as it is', (text) => {
    expect(cleanText(text)).toBe(text);
    expect(isVisible(text)).toBe(true);
  });

  it('has nothing left to clean in what it has cleaned', () => {
    const signs = fc.constantFrom(...'A\u200B\u200D\uFE0F\u202E\u2800\u{1F3F4}\u{E0067}\u{E007F}❤葛e\u0301 \n');
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 12 }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 500 },
    );
  });
});
