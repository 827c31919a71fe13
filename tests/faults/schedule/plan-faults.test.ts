import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_FAULT_KINDS, FAULT_KINDS } from './fault-kinds.ts';
import { planFaults, type PlannedFault } from './plan-faults.ts';

const MINUTE_MS = 60_000;
const options = (seed: number) => ({
  seed,
  durationMs: 5 * MINUTE_MS,
  kinds: ALL_FAULT_KINDS,
  gapMs: [1_000, 4_000] as const,
});
const resourceOf = ({ kind, link }: PlannedFault) => link ?? FAULT_KINDS[kind].target;

describe('the schedule of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planFaults(options(7))).toEqual(planFaults(options(7)));
    expect(planFaults(options(7))).not.toEqual(planFaults(options(8)));
  });

  it('has every kind in five minutes, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const kinds = new Set(planFaults(options(seed)).map(({ kind }) => kind));
        expect([...kinds].toSorted()).toEqual(ALL_FAULT_KINDS.toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('never has two faults on one target at once, and ends in time', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const endsMs = new Map<string, number>();
        for (const fault of planFaults(options(seed))) {
          expect(fault.atMs).toBeGreaterThanOrEqual(endsMs.get(resourceOf(fault)) ?? 0);
          endsMs.set(resourceOf(fault), fault.atMs + fault.lastsMs);
          expect(fault.atMs + fault.lastsMs).toBeLessThanOrEqual(5 * MINUTE_MS);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('names a link exactly for faults of the network', () => {
    for (const { kind, link } of planFaults(options(3))) {
      expect(link !== undefined).toBe(FAULT_KINDS[kind].target === 'network');
    }
  });
});
