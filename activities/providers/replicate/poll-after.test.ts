import { describe, expect, it } from 'vitest';
import { pollAfterMs } from './poll-after.ts';

describe('pollAfterMs', () => {
  it('is the remaining typical duration at first', () => {
    expect(pollAfterMs(3_000, 0)).toBe(3_000);
    expect(pollAfterMs(3_000, 2_000)).toBe(1_000);
  });

  it('is then a quarter of the elapsed time, from 0.25 to 5 seconds', () => {
    expect(pollAfterMs(1_000, 1_000)).toBe(250);
    expect(pollAfterMs(1_000, 8_000)).toBe(2_000);
    expect(pollAfterMs(1_000, 60_000)).toBe(5_000);
    expect(pollAfterMs(100, 99)).toBe(250);
  });

  it('stays within its bounds when the clocks differ', () => {
    expect(pollAfterMs(1_000, -3_600_000)).toBe(1_000);
    expect(pollAfterMs(1_000, 3_600_000)).toBe(5_000);
  });
});
