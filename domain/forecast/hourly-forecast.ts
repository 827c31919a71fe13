/** Generations that ended in one hour. */
export interface HourlyLoad {
  /** Start of the hour, UTC. */
  readonly at: Date;
  readonly generations: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Weeks whose same hour is averaged: enough to smooth one odd week, few enough to follow a season. */
export const SEASON_WEEKS = 4;
/** Hours over which the present level is compared with the usual one: a whole day, so that no time of day dominates. */
const LEVEL_HOURS = 24;
/** A day of outage or of a campaign must not decide alone. */
const LEVEL_MIN = 0.5;
const LEVEL_MAX = 3;

/**
 * Forecasts the generations of an hour: the mean of the same hour of the last weeks, times how much the last day before `from` was
 * above or below its own mean. Without a full week of history it is the last whole hour, the naive forecast.
 *
 * @param history hours without any generation may be missing, except before the first
 * @param from start of the current hour, which is not over: only hours before it count
 */
export function forecastGenerations(history: readonly HourlyLoad[], from: Date, at: Date): number {
  const loads = new Map(history.map((hour) => [hour.at.getTime(), hour.generations]));
  const firstMs = Math.min(...loads.keys());
  const loadAt = (ms: number) => (ms < firstMs || ms >= from.getTime() ? undefined : (loads.get(ms) ?? 0));
  const usual = (ms: number) => {
    const weeks = Array.from({ length: SEASON_WEEKS }, (_, week) => loadAt(ms - (week + 1) * WEEK_MS));
    return meanOf(weeks.filter((load) => load !== undefined));
  };
  const seasonal = usual(at.getTime());
  if (seasonal === undefined) return loadAt(from.getTime() - HOUR_MS) ?? 0;
  let [recent, expected] = [0, 0];
  for (let hours = 1; hours <= LEVEL_HOURS; hours += 1) {
    const ms = from.getTime() - hours * HOUR_MS;
    const wasUsual = usual(ms);
    if (wasUsual === undefined) continue;
    recent += loadAt(ms) ?? 0;
    expected += wasUsual;
  }
  const level = expected === 0 ? 1 : Math.min(LEVEL_MAX, Math.max(LEVEL_MIN, recent / expected));
  return seasonal * level;
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The generations of the current hour and those after it, rounded. @param now milliseconds since 1970 */
export function forecastHours(history: readonly HourlyLoad[], now: number, hours: number): HourlyLoad[] {
  const from = new Date(Math.floor(now / HOUR_MS) * HOUR_MS);
  return Array.from({ length: hours }, (_, ahead) => {
    const at = new Date(from.getTime() + ahead * HOUR_MS);
    return { at, generations: Math.round(forecastGenerations(history, from, at)) };
  });
}
