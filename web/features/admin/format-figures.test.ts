import { describe, expect, it } from 'vitest';
import { bytes, dollars, p50, p95, percent } from './format-figures.ts';

describe('admin figures', () => {
  it.each([
    [null, 'none yet'],
    [0, '0\u00A0%'],
    [0.9764, '97.6\u00A0%'],
    [1, '100\u00A0%'],
  ])('formats a share of %s as %s', (rate, text) => {
    expect(percent(rate)).toBe(text);
  });

  it.each([
    [0, '$0.00'],
    [0.003, '$0.003'],
    [0.291, '$0.29'],
    [1204.5, '$1204.50'],
  ])('formats %d dollars as %s', (usd, text) => {
    expect(dollars(usd)).toBe(text);
  });

  it.each([
    [0, '0\u00A0bytes'],
    [999, '999\u00A0bytes'],
    [40_123_456, '40.1\u00A0MB'],
    [2_500_000_000_000_000, '2500.0\u00A0TB'],
  ])('formats %d bytes as %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it('formats the median and the 95th percentile of a latency', () => {
    const spread = { p50: 2_100, p95: 6_200 };
    expect([p50(spread), p95(spread), p50(null), p95(null)]).toEqual([
      '2.1\u00A0s',
      'p95 6.2\u00A0s',
      'none yet',
      undefined,
    ]);
  });
});
