import { describe, expect, it } from 'vitest';
import { etaSeconds, pacePerMinute } from './pace.ts';

describe('pacePerMinute', () => {
  it('is the recent rate while no duration is known', () => {
    expect(pacePerMinute({ running: 2, drainPerMinute: 3, generationMs: null })).toBe(3);
  });

  it('is at least the rate of one generation at a time after a quiet period', () => {
    expect(pacePerMinute({ running: 0, drainPerMinute: 0.2, generationMs: 3_000 })).toBe(20);
  });

  it('counts generations that run concurrently', () => {
    expect(pacePerMinute({ running: 4, drainPerMinute: 1, generationMs: 6_000 })).toBe(40);
  });

  it('is at least the recent rate', () => {
    expect(pacePerMinute({ running: 1, drainPerMinute: 90, generationMs: 2_000 })).toBe(90);
  });

  it('is zero without measurements, so that no wait is estimated', () => {
    const perMinute = pacePerMinute({ running: 0, drainPerMinute: 0, generationMs: null });
    expect(etaSeconds(3, perMinute)).toBeNull();
    expect(etaSeconds(3, 60)).toBe(3);
  });
});
