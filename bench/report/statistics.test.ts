import { describe, expect, it } from 'vitest';
import { percentile, spreadOf } from './statistics.ts';

describe('percentiles', () => {
  it('are measured values, by nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 0.5)).toBe(3);
    expect(percentile(values, 0.99)).toBe(5);
    expect(percentile(values, 0)).toBe(1);
  });

  it('are the value itself for one value', () => {
    expect(spreadOf([7])).toEqual({ p50: 7, p99: 7 });
  });

  it('do not change the order of the input', () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('throw for no values', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
