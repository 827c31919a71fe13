import { expect, it } from 'vitest';
import { pollAfterMs } from './poll-after.ts';

it('first asks when the model is usually done', () => {
  expect(pollAfterMs(3_000, 0)).toBe(3_000);
  expect(pollAfterMs(3_000, 2_000)).toBe(1_000);
});

it('then waits a quarter of what has passed, between a quarter second and five', () => {
  expect(pollAfterMs(1_000, 1_000)).toBe(250);
  expect(pollAfterMs(1_000, 8_000)).toBe(2_000);
  expect(pollAfterMs(1_000, 60_000)).toBe(5_000);
  expect(pollAfterMs(100, 99)).toBe(250);
});

it('takes no harm from clocks that differ', () => {
  expect(pollAfterMs(1_000, -3_600_000)).toBe(1_000);
  expect(pollAfterMs(1_000, 3_600_000)).toBe(5_000);
});
