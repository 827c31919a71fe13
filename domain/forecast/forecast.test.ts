import { describe, expect, it } from 'vitest';
import { forecastGenerations, forecastHours, type HourlyLoad } from './hourly-forecast.ts';
import { recommendedWorkers } from './recommended-workers.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** A Monday. */
const START_MS = Date.parse('2026-08-31T00:00:00Z');
const at = (hour: number) => new Date(START_MS + hour * HOUR_MS);

/** Reproducible numbers between 0 and 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Load with a peak in the evening, quieter nights and busier weekends, growth of 3 % a week, and noise of 15 %. */
function seasonalLoad(weeks: number, seed: number): HourlyLoad[] {
  const random = randomOf(seed);
  return Array.from({ length: weeks * WEEK_HOURS }, (_, hour) => {
    const day = Math.floor(hour / 24) % 7;
    const daily = 1 + 0.8 * Math.sin(((hour % 24) - 13) * (Math.PI / 12));
    const level = 1.03 ** (hour / WEEK_HOURS) * (day >= 5 ? 1.5 : 1);
    const noise = 1 + 0.3 * (random() - 0.5);
    return { at: at(hour), generations: Math.round(600 * daily * level * noise) };
  });
}

/** Mean absolute error as a share of the mean load, over the last two of eight weeks, each hour forecast by what is known before it. */
function errorOf(
  load: readonly HourlyLoad[],
  ahead: number,
  forecast: (known: readonly HourlyLoad[], hour: number) => number,
) {
  let [error, total] = [0, 0];
  for (let hour = 6 * WEEK_HOURS; hour < load.length; hour += 1) {
    const known = load.slice(0, hour - ahead);
    error += Math.abs(forecast(known, hour) - load[hour]!.generations);
    total += load[hour]!.generations;
  }
  return error / total;
}

describe('the forecast of an hour', () => {
  it.each([1, 2, 3])('errs less than half as much as the last hour does, on seasonal load %i', (seed) => {
    const load = seasonalLoad(8, seed);
    const seasonal = errorOf(load, 1, (known, hour) => forecastGenerations(known, at(hour - 1), at(hour)));
    const naive = errorOf(load, 1, (known) => known.at(-1)!.generations);
    expect(seasonal).toBeLessThan(0.1);
    expect(seasonal).toBeLessThan(naive / 2);
  });

  it('follows a day that is twice as busy as usual', () => {
    const even = Array.from({ length: 4 * WEEK_HOURS }, (_, hour) => ({
      at: at(hour),
      generations: hour >= 4 * WEEK_HOURS - 24 ? 200 : 100,
    }));
    expect(forecastGenerations(even, at(4 * WEEK_HOURS), at(4 * WEEK_HOURS))).toBeCloseTo(200);
  });

  it('is the last hour while there is less than a week of history, and 0 without any', () => {
    const day = Array.from({ length: 24 }, (_, hour) => ({ at: at(hour), generations: hour }));
    expect(forecastGenerations(day, at(24), at(25))).toBe(23);
    expect(forecastGenerations([], at(24), at(25))).toBe(0);
  });

  it('counts missing hours as quiet, and leaves out the current one, which is not over', () => {
    const sparse = [0, 1, 2, 3].map((week) => ({ at: at(week * WEEK_HOURS + 12), generations: 80 }));
    expect(forecastGenerations(sparse, at(4 * WEEK_HOURS + 12), at(4 * WEEK_HOURS + 12))).toBeGreaterThan(0);
    expect(forecastGenerations(sparse, at(4 * WEEK_HOURS + 12), at(4 * WEEK_HOURS + 13))).toBe(0);
    const current = [...sparse, { at: at(4 * WEEK_HOURS), generations: 1_000_000 }];
    expect(forecastGenerations(current, at(4 * WEEK_HOURS), at(4 * WEEK_HOURS + 1))).toBe(0);
  });
});

describe('the recommended workers', () => {
  const steady = (generations: number) =>
    Array.from({ length: 5 * WEEK_HOURS }, (_, hour) => ({ at: at(hour), generations }));
  const now = START_MS + 5 * WEEK_HOURS * HOUR_MS + 60_000;

  it('have slots for twice the forecast', () => {
    // 24,000 an hour are 66.7 slots of ten seconds; twice that on workers of 16.
    expect(recommendedWorkers(steady(24_000), now)).toBe(9);
  });

  it('are at least two', () => {
    expect([recommendedWorkers([], now), recommendedWorkers(steady(10), now)]).toEqual([2, 2]);
  });

  it('are ready an hour before a peak', () => {
    const peaks = Array.from({ length: 5 * WEEK_HOURS }, (_, hour) => ({
      at: at(hour),
      generations: hour % 24 === 1 ? 24_000 : 2_400,
    }));
    expect(recommendedWorkers(peaks, now)).toBe(9);
  });
});

describe('the forecast of several hours', () => {
  it('begins with the hour that is not over, and has each hour of the day before as a week ago', () => {
    const weeks = Array.from({ length: 4 * WEEK_HOURS }, (_, hour) => ({
      at: at(hour),
      generations: 10 + (hour % 24),
    }));
    const now = at(4 * WEEK_HOURS).getTime() + 20 * 60_000;
    expect(forecastHours(weeks, now, 3)).toEqual([
      { at: at(4 * WEEK_HOURS), generations: 10 },
      { at: at(4 * WEEK_HOURS + 1), generations: 11 },
      { at: at(4 * WEEK_HOURS + 2), generations: 12 },
    ]);
  });
});
