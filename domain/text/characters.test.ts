import { describe, expect, it } from 'vitest';
import { beginning, fits, lengthOf } from './characters.ts';

const FAMILY = '👨‍👩‍👧‍👦';

it('counts characters as a reader does', () => {
  expect(['', 'abc', 'a\r\nb', FAMILY, '🇩🇪🇫🇷', '👩🏽‍🚀', 'e\u0301', 'ผู้', 'क्ष'].map(lengthOf)).toEqual([
    0, 3, 3, 1, 2, 1, 1, 1, 1,
  ]);
});

it('counts as the segmenter does what it counts without it', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const differing = Array.from({ length: 0x1_00_00 }, (_, unit) => String.fromCharCode(unit)).filter((character) => {
    const text = `a${character}${character}я${character}`;
    return lengthOf(text) !== [...segmenter.segment(text)].length;
  });
  expect(differing).toEqual([]);
});

describe('fits', () => {
  it('allows so many characters, of four code points on average', () => {
    expect(fits(`${FAMILY.repeat(10)}${'a'.repeat(90)}`, 100)).toBe(true);
    expect(fits('a'.repeat(101), 100)).toBe(false);
    expect(fits(`a${'\u0301'.repeat(400)}`, 100)).toBe(false);
    expect(fits(FAMILY.repeat(1_000_000), 100)).toBe(false);
  });
});

describe('beginning', () => {
  it('ends with a whole character', () => {
    expect(beginning(FAMILY.repeat(9), 3, 100)).toBe(FAMILY.repeat(3));
    expect(beginning(`ab${FAMILY}`, 3, 5)).toBe('ab');
    expect(beginning('abc', 3)).toBe('abc');
  });
});
