import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('waiting before another try', () => {
  it('doubles, up to half a minute', () => {
    const longest = [1, 2, 3, 7, 8, 50].map((failures) => backoffMs(failures, () => 1));
    expect(longest).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  });

  it('is spread over most of the step and never nothing', () => {
    expect(backoffMs(3, () => 0)).toBe(400);
    expect(backoffMs(3, () => 0.5)).toBe(1_200);
  });
});
