import type { Bucket, Span } from '#domain/account/time-bucket.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** The accounts and whole hours (UTC) to analyze. */
export interface Reach extends Span {
  /** Undefined: all accounts. */
  readonly accountId: string | undefined;
}

/** Completed generations and their costs. */
export interface Spent {
  /** Captured less refunded. */
  readonly credits: number;
  readonly costUsd: number;
  /** Completed generations. */
  readonly completed: number;
}

export interface Ended extends Spent {
  readonly failed: number;
}

const SPENT = `coalesce(sum(captured - refunded), 0)::float8 AS credits, coalesce(sum(cost_usd), 0)::float8 AS "costUsd",
  coalesce(sum(completed), 0)::float8 AS completed`;
const ENDED = `${SPENT}, coalesce(sum(failed), 0)::float8 AS failed`;

/** What a statement reads for a reach. Separate statements for one account and for all, so that each gets the plan of its index. */
export interface Sources {
  readonly scope: 'account' | 'all';
  /** Outcomes and costs by the hour, as a FROM item with its condition. */
  readonly generations: string;
  /** Uses by the hour, as a FROM item with its condition. */
  readonly uses: string;
  readonly values: unknown[];
}

const OF_ACCOUNT = 'account_id = $3 AND hour >= $1 AND hour < $2';

/** The sums of the whole studio stand in for the hours of all accounts: their number does not grow with that of the accounts. */
export function sourcesOf({ accountId, from, to }: Reach): Sources {
  if (accountId === undefined) {
    return {
      scope: 'all',
      generations: 'studio_generation_usage($1, $2)',
      uses: 'studio_usage($1, $2)',
      values: [from, to],
    };
  }
  return {
    scope: 'account',
    generations: `generation_usage WHERE ${OF_ACCOUNT}`,
    uses: `usage_hours WHERE ${OF_ACCOUNT}`,
    values: [from, to, accountId],
  };
}

export interface AppUses {
  readonly appId: string;
  readonly appName: string;
  readonly uses: number;
  /** Of these, uses of avatars that were deleted since. */
  readonly deletedUses: number;
}

/** Uses by app, most first. */
export async function usesByApp(database: Database, reach: Reach): Promise<AppUses[]> {
  const { scope, uses, values } = sourcesOf(reach);
  return database.call<AppUses & Record<string, unknown>>(
    `analytics.apps.${scope}`,
    `SELECT app_id AS "appId", (array_agg(app_name ORDER BY hour DESC))[1] AS "appName", sum(uses + deleted_uses)::float8 AS uses,
       sum(deleted_uses)::float8 AS "deletedUses"
     FROM ${uses} GROUP BY app_id ORDER BY uses DESC, app_id`,
    values,
  );
}

/**
 * Adds appended outcomes, costs and uses to their hours, at most `limit` of each kind, and sums hours of accounts that the studio's sums
 * don't have yet. @returns how many
 */
export async function rollUpUsage(database: Database, limit: number): Promise<number> {
  const [row] = await database.call<{ rolled: number }>(
    'analytics.rollUp',
    'SELECT (roll_up_generation_hours($1) + roll_up_studio_usage($1))::int AS rolled',
    [limit],
  );
  return row?.rolled ?? 0;
}

/** Totals of completed generations and costs. */
export async function totalsOf(database: Database, reach: Reach): Promise<Ended> {
  const { scope, generations, values } = sourcesOf(reach);
  const [row] = await database.call<Ended & Record<string, unknown>>(
    `analytics.totals.${scope}`,
    `SELECT ${ENDED} FROM ${generations}`,
    values,
  );
  return row ?? { credits: 0, costUsd: 0, completed: 0, failed: 0 };
}

export interface TrendPoint extends Ended {
  /** Start of the bucket. */
  readonly at: Date;
  readonly uses: number;
}

/** Buckets with any activity, oldest first. */
export async function trendOf(database: Database, reach: Reach, bucket: Bucket): Promise<TrendPoint[]> {
  const { scope, generations, uses, values } = sourcesOf(reach);
  return database.call<TrendPoint & Record<string, unknown>>(
    `analytics.trend.${scope}.${bucket}`,
    `SELECT date_trunc('${bucket}', hour, 'UTC') AS at, sum(uses)::float8 AS uses, ${ENDED} FROM (
       SELECT hour, uses + deleted_uses AS uses, 0 AS captured, 0 AS refunded, 0 AS cost_usd, 0 AS completed, 0 AS failed FROM ${uses}
       UNION ALL
       SELECT hour, 0, captured, refunded, cost_usd, completed, failed FROM ${generations}) AS parts
     GROUP BY 1 ORDER BY 1`,
    values,
  );
}
