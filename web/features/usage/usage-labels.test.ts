import { expect, it } from 'vitest';
import { bucketName, creditsOf, dollars, percent } from './usage-labels.ts';

it('calls a point of a line by what it covers', () => {
  const at = '2026-11-23T09:00:00.000Z';
  expect(bucketName(at, 'hour')).toBe('23 Nov 09:00');
  expect(bucketName(at, 'day')).toBe('23 Nov');
  expect(bucketName(at, 'week')).toBe('week of 23 Nov');
});

it('keeps fractions of a cent of small sums', () => {
  expect([0, 0.0125, 4.07, 12.345].map(dollars)).toEqual(['$0.00', '$0.013', '$4.070', '$12.35']);
  expect(dollars(-0.003)).toBe('\u2212$0.003');
});

it('writes credits as whole numbers, also when more came back than went', () => {
  expect([1_612, 2.5, -10].map(creditsOf)).toEqual(['1\u202F612', '3', '\u221210']);
});

it('says of a share what it is of a hundred', () => {
  expect([1, 0.976, 0].map(percent)).toEqual(['100\u00A0%', '97.6\u00A0%', '0.0\u00A0%']);
});
