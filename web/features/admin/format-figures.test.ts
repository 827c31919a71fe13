import { describe, expect, it } from 'vitest';
import { bytes, p50, p95 } from './format-figures.ts';

describe('admin figures', () => {
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
