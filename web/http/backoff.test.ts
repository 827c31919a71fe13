import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles, up to 30 seconds', () => {
    const longest = [1, 2, 3, 7, 8, 50].map((failures) => backoffMs(failures, () => 1));
    expect(longest).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  });

  it('spreads over most of the step and is never zero', () => {
    expect(backoffMs(3, () => 0)).toBe(400);
    expect(backoffMs(3, () => 0.5)).toBe(1_200);
  });
});
