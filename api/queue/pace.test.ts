import { describe, expect, it } from 'vitest';
import { etaSeconds, pacePerMinute } from './pace.ts';

describe('the pace', () => {
  it('is what was finished lately while nothing else is known', () => {
    expect(pacePerMinute({ running: 2, drainPerMinute: 3, generationMs: null })).toBe(3);
  });

  it('after a quiet time is that of one at a time, not that of the quiet time', () => {
    expect(pacePerMinute({ running: 0, drainPerMinute: 0.2, generationMs: 3_000 })).toBe(20);
  });

  it('counts those that are made side by side', () => {
    expect(pacePerMinute({ running: 4, drainPerMinute: 1, generationMs: 6_000 })).toBe(40);
  });

  it('is at least what was measured', () => {
    expect(pacePerMinute({ running: 1, drainPerMinute: 90, generationMs: 2_000 })).toBe(90);
  });

  it('is nothing when nothing is known, and so is the time to wait', () => {
    const perMinute = pacePerMinute({ running: 0, drainPerMinute: 0, generationMs: null });
    expect(etaSeconds(3, perMinute)).toBeNull();
    expect(etaSeconds(3, 60)).toBe(3);
  });
});
