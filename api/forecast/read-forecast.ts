import { bucketStart } from '#domain/account/time-bucket.ts';
import { forecastHours, type HourlyLoad, SEASON_WEEKS } from '#domain/forecast/hourly-forecast.ts';
import { recommendedWorkers } from '#domain/forecast/recommended-workers.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { trendOf } from '#drizzle/queries/usage/analytics.ts';

const DAY_MS = 24 * 3_600_000;
/** The weeks of the season, and the day before whose level is compared with them. */
const HISTORY_DAYS = SEASON_WEEKS * 7 + 1;

/** How far ahead admins look: a day has one peak. */
const HOURS_AHEAD = 24;

export interface Forecast {
  /** Workers for this hour and the next. */
  readonly recommendedWorkers: number;
  /** The current hour and those after it. */
  readonly hours: readonly HourlyLoad[];
}

/** The load of the next day, from the hourly roll-ups of all accounts. */
export async function readForecast(database: Database): Promise<Forecast> {
  const now = Date.now();
  const reach = {
    accountId: undefined,
    from: bucketStart(new Date(now - HISTORY_DAYS * DAY_MS), 'hour'),
    to: new Date(now),
  };
  const hours = await trendOf(database, reach, 'hour');
  const history = hours.map(({ at, completed, failed }) => ({ at, generations: completed + failed }));
  return {
    recommendedWorkers: recommendedWorkers(history, now),
    hours: forecastHours(history, now, HOURS_AHEAD),
  };
}
