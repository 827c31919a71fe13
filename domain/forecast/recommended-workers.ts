import { forecastGenerations, type HourlyLoad } from './hourly-forecast.ts';

const HOUR_MS = 3_600_000;
/** How long a generation takes a slot, seconds: docs/scaling.md. */
const GENERATION_SECONDS = 10;
/** GENERATE_SLOTS of a worker, by default. */
const SLOTS = 16;
/** Minutes within an hour are not even. */
const HEADROOM = 2;
/** One may be lost or replaced at any time. */
const WORKERS_MIN = 2;

/** Workers for the busier of this hour and the next: a new one takes minutes to start. @param now milliseconds since 1970 */
export function recommendedWorkers(history: readonly HourlyLoad[], now: number): number {
  const from = new Date(Math.floor(now / HOUR_MS) * HOUR_MS);
  const next = new Date(from.getTime() + HOUR_MS);
  const busier = Math.max(...[from, next].map((at) => forecastGenerations(history, from, at)));
  const slots = (busier / 3600) * GENERATION_SECONDS * HEADROOM;
  return Math.max(WORKERS_MIN, Math.ceil(slots / SLOTS));
}
