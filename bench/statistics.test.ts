import { describe, expect, it } from 'vitest';
import { percentile, spreadOf } from './statistics.ts';

describe('percentiles', () => {
  it('are values that were measured, by nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 0.5)).toBe(3);
    expect(percentile(values, 0.99)).toBe(5);
    expect(percentile(values, 0)).toBe(1);
  });

  it('of one value are that value', () => {
    expect(spreadOf([7])).toEqual({ p50: 7, p99: 7 });
  });

  it('leave the order of the values alone', () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing do not exist', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
