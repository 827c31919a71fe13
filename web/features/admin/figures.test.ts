import { expect, it } from 'vitest';
import { bytes, dollars, p50, p95, percent } from './figures.ts';

it.each([
  [null, 'none yet'],
  [0, '0\u00A0%'],
  [0.9764, '97.6\u00A0%'],
  [1, '100\u00A0%'],
])('a share of %s is %s', (rate, words) => {
  expect(percent(rate)).toBe(words);
});

it.each([
  [0, '$0.00'],
  [0.003, '$0.003'],
  [0.291, '$0.29'],
  [1204.5, '$1204.50'],
])('%d dollars are %s', (usd, words) => {
  expect(dollars(usd)).toBe(words);
});

it.each([
  [0, '0\u00A0bytes'],
  [999, '999\u00A0bytes'],
  [40_123_456, '40.1\u00A0MB'],
  [2_500_000_000_000_000, '2500.0\u00A0TB'],
])('%d bytes are %s', (count, words) => {
  expect(bytes(count)).toBe(words);
});

it('says how long half of them and nearly all of them took', () => {
  const spread = { p50: 2_100, p95: 6_200 };
  expect([p50(spread), p95(spread), p50(null), p95(null)]).toEqual([
    '2.1\u00A0s',
    'p95 6.2\u00A0s',
    'none yet',
    undefined,
  ]);
});
