import { describe, expect, it } from 'vitest';
import { FLAT_BYTES, isFlat, memoryTrend } from './memory-trend.ts';

const MIB = 2 ** 20;
/** Half an hour, sampled every five seconds. */
const halfAnHour = (bytesAt: (seconds: number) => number) =>
  Array.from({ length: 361 }, (_, index) => ({ seconds: index * 5, bytes: bytesAt(index * 5) }));

describe('the memory of a soak', () => {
  it('is flat after a warm-up, also with garbage that comes and goes', () => {
    const trend = memoryTrend(halfAnHour((s) => Math.min(s, 600) * MIB + (s % 60) * MIB));
    expect(isFlat(trend)).toBe(true);
    expect(trend.meanBytes / MIB).toBeCloseTo(627.5, 0);
  });

  it('is not flat when something is never freed, with or without garbage', () => {
    const leak = (FLAT_BYTES * 1.2) / 1_200;
    for (const garbage of [0, 0.5 * MIB]) {
      const trend = memoryTrend(halfAnHour((s) => 300 * MIB + s * leak + (s % 60) * garbage));
      expect(isFlat(trend)).toBe(false);
      expect(trend.slopeBytes / 600).toBeCloseTo(leak, -4);
    }
  });

  it('may shrink', () => {
    expect(isFlat(memoryTrend(halfAnHour((s) => (1_000 - s / 10) * MIB)))).toBe(true);
  });
});
