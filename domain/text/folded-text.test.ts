import { expect, it } from 'vitest';
import { foldedText, matchesTerms, searchTerms } from './folded-text.ts';

it.each([
  ['francois muller', 'François Müller'],
  ['istanbul', 'İSTANBUL'],
  ['οδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
  ['strasse', 'Straße'],
  ['lodz', 'Łódź'],
  ['abc', 'ＡＢＣ 123'],
  ["o'brien", 'O’Brien'],
  ['rock n roll', 'rock-n-roll'],
  ['şalom', 'Şalom'],
  ['مرحبا', 'مَرْحَبًا'],
  ['ёлка', 'елка'],
  ['🦊', 'Fox 🦊'],
])('%s finds %s', (typed, text) => {
  expect(matchesTerms(searchTerms(typed)!, [text])).toBe(true);
});

it('has no terms for signs alone, which find nothing, and is undefined for nothing typed', () => {
  for (const signs of ['"', ', ', '[', '%', '_', '\u200B', '...']) expect(searchTerms(signs)).toEqual([]);
  expect([searchTerms(undefined), searchTerms(' ')]).toEqual([undefined, undefined]);
  expect(matchesTerms([], ['anything'])).toBe(false);
});

it('retains the signs without which a word is another word', () => {
  expect(foldedText('किताब')).not.toBe(foldedText('कताब'));
});
