import { describe, expect, it } from 'vitest';
import { retryMoment, secondsToWindowEnd, windowStart } from './limit-window.ts';

describe('secondsToWindowEnd', () => {
  it.each([
    ['day', '2026-11-23T00:00:00.000Z', 86_400],
    ['day', '2026-11-23T23:59:59.500Z', 1],
    ['day', '2026-12-31T12:00:00.000Z', 43_200],
    ['hour', '2026-11-23T12:00:00.000Z', 3_600],
    ['hour', '2026-11-23T12:59:59.001Z', 1],
    ['hour', '2026-11-23T23:30:00.000Z', 1_800],
  ] as const)('of the %s counts from %s', (window, now, seconds) => {
    expect(secondsToWindowEnd(window, new Date(now))).toBe(seconds);
  });
});

describe('windowStart', () => {
  it('is the start of the UTC day or hour', () => {
    const at = new Date('2026-11-23T12:34:56.789Z');
    expect(windowStart('day', at)).toEqual(new Date('2026-11-23T00:00:00Z'));
    expect(windowStart('hour', at)).toEqual(new Date('2026-11-23T12:00:00Z'));
  });
});

describe('retryMoment', () => {
  const at = new Date('2026-11-23T23:34:56.789Z');

  it.each([
    ['daily_limit', '2026-11-24T00:00:00.000Z'],
    ['hourly_limit', '2026-11-24T00:00:00.000Z'],
  ] as const)('of %s is the end of its window', (refusal, end) => {
    expect(retryMoment(refusal, at)?.toISOString()).toBe(end);
  });

  it.each(['insufficient_credits', 'too_many_pending'] as const)('of %s is not known', (refusal) => {
    expect(retryMoment(refusal, at)).toBeNull();
  });
});
