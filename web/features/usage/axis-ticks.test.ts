import { describe, expect, it } from 'vitest';
import { axisTicks } from './axis-ticks.ts';

describe('the ticks of an axis', () => {
  it.each([
    ['dollars', [3.2, 0.4], [0, 1, 2, 3, 4], 0],
    ['fractions of a cent', [0.0271, 0], [0, 0.01, 0.02, 0.03], 2],
    ['less than a cent', [0.0019], [0, 0.0005, 0.001, 0.0015, 0.002], 4],
    ['a full last step', [0.4], [0, 0.1, 0.2, 0.3, 0.4], 1],
    ['thousands of dollars', [12_340], [0, 5_000, 10_000, 15_000], 0],
  ])('are round and have equally many decimals: %s', (_, totals, values, decimals) => {
    expect(axisTicks(totals, true)).toEqual({ values, decimals });
  });

  it('are whole where the figures are', () => {
    expect(axisTicks([1, 0], false)).toEqual({ values: [0, 1], decimals: 0 });
    expect(axisTicks([0], false)).toEqual({ values: [0, 1], decimals: 0 });
    expect(axisTicks([], false).values).toEqual([0, 1]);
  });

  it('reach below zero where refunds exceed what was spent', () => {
    expect(axisTicks([30, -12], false).values).toEqual([-20, 0, 20, 40]);
  });
});
