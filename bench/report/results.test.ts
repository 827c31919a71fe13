import { describe, expect, it } from 'vitest';
import type { MeteredRound } from '../meter/meter.ts';
import { bothFloors, COUNTED, floorMeasure, lastHalfPerSecond, roadResult } from './results.ts';

const CPU = { bench: 1, worker: 2, api: 4, temporal: 8, postgres: 16, gcs: 32 };

/** Ten avatars. */
function metered(tookMs: number, cpuSeconds = CPU): MeteredRound {
  const times = Array.from({ length: 10 }, (_unused, index) => index + 1);
  return {
    round: {
      latenciesMs: times,
      answersMs: [],
      refused: 0,
      deliveredMs: times.map((time) => (time * tookMs) / 10),
      tookMs,
    },
    each: { cpuSeconds, bucketCalls: 5, actions: { start: 1 }, walBytes: 100, databases: {} },
    atRest: CPU,
  };
}

describe('the ratios of a road to the floor', () => {
  const floor = floorMeasure(bothFloors(metered(1_000), metered(3_000)));

  it('compare with the floor before and after', () => {
    expect(floor).toEqual({ perSecond: 5, cpuSeconds: 17 });
  });

  it('count the processes that do the work, and not the caller or the emulator', () => {
    expect(COUNTED.http).not.toContain('gcs');
    expect(roadResult('road', metered(4_000), floor)).toMatchObject({
      perSecond: 2.5,
      cpuSeconds: 26,
      inFloors: { throughput: 0.5, cpu: 26 / 17 },
    });
    expect(roadResult('http', metered(4_000), floor).cpuSeconds).toBe(30);
    expect(roadResult('steps', metered(4_000), floor).cpuSeconds).toBe(17);
  });
});

it('the second half of a round has a rate of its own', () => {
  const round = {
    ...metered(1_000).round,
    deliveredMs: [100, 200, 300, 400, 500, 600, 700, 800, 900, 2_500],
    tookMs: 2_500,
  };
  expect(lastHalfPerSecond(round)).toBe(2.5);
});
