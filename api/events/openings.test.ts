import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiProblem } from '../problem.ts';
import { createOpenings, type Openings } from './openings.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @returns the seconds that a refused client is told to wait; undefined when it was not refused */
function waitOf(openings: Openings): number | undefined {
  try {
    openings.begin();
    return undefined;
  } catch (error) {
    return (error as ApiProblem).details.retryAfterSeconds;
  }
}

describe('openings', () => {
  it('are limited, and begin again once one has ended, however often it is ended', () => {
    const openings = createOpenings(2);
    const [first] = [openings.begin(), openings.begin()];
    expect(() => openings.begin()).toThrow('Too many event streams are being opened');
    first!();
    first!();
    openings.begin();
    expect(() => openings.begin()).toThrow('Too many event streams are being opened');
  });

  it('tell a hundred refused clients to come in each of the next seconds', () => {
    const openings = createOpenings(0);
    const waits = Array.from({ length: 1_000 }, () => waitOf(openings)!);
    const counts = Map.groupBy(waits, (seconds) => seconds);
    expect([...counts.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].slice(0, counts.size));
    expect(counts.size).toBeGreaterThanOrEqual(10);
    for (const clients of [...counts.values()].slice(0, -1)) expect(clients.length).toBeLessThanOrEqual(101);
  });

  it('tell as many to come in a second as were opened in the last one', () => {
    const openings = createOpenings(1);
    for (let stream = 0; stream < 400; stream += 1) openings.begin()();
    vi.advanceTimersByTime(1_100);
    openings.begin();
    const waits = Array.from({ length: 1_200 }, () => waitOf(openings)!);
    expect(Math.max(...waits)).toBe(4);
    // What was opened long ago says nothing.
    vi.advanceTimersByTime(30_000);
    expect(Math.max(...Array.from({ length: 300 }, () => waitOf(openings)!))).toBe(4);
  });

  it('start over with the first second after a minute', () => {
    const openings = createOpenings(0);
    const waits = Array.from({ length: 10_000 }, () => waitOf(openings)!);
    expect(Math.max(...waits)).toBe(60);
    expect(waits.filter((seconds) => seconds === 1).length).toBeGreaterThan(100);
  });
});
