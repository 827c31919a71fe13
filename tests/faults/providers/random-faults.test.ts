import { describe, expect, it } from 'vitest';
import { createRandomFaults } from './random-faults.ts';

const CALLS = 2_000;

function strike(seed: number, rate: number) {
  const faults = createRandomFaults(seed, 'fal', rate);
  const drawn = Array.from({ length: CALLS }, () => faults.shiftForCall('create', 'a keeper')?.fault);
  return { faults, drawn };
}

describe('faults of a fake provider that are drawn from a seed', () => {
  it('are the same for the same seed', () => {
    expect(strike(7, 0.2).drawn).toEqual(strike(7, 0.2).drawn);
    expect(strike(7, 0.2).drawn).not.toEqual(strike(8, 0.2).drawn);
  });

  it('strike the given share of calls, most often after the call was done', () => {
    const { faults, drawn } = strike(3, 0.2);
    const failed = drawn.filter((fault) => fault !== undefined);
    expect(failed.length / CALLS).toBeCloseTo(0.2, 1);
    expect(faults.counts()['create:reset_after_accept']).toBeGreaterThan(50);
    expect(Object.values(faults.counts()).reduce((sum, count) => sum + count, 0)).toBe(failed.length);
  });

  it('are remembered for a job by its prompt, and stop when it is healed', () => {
    const faults = createRandomFaults(3, 'fal', 1);
    const fault = faults.shiftForPrediction('a keeper named K1');
    expect(faults.predictionFaults('K1')).toEqual([fault?.fault]);
    expect(faults.predictionFaults('K2')).toEqual([]);
    faults.heal();
    expect(faults.shiftForPrediction('a keeper named K2')).toBeUndefined();
  });
});
