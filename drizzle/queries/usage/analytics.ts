import type { CostsBy } from '#contract/usage.ts';
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

/** Separate statements for one account and for all, so that each gets the plan of its index. */
function conditionOf({ accountId, from, to }: Reach): { scope: 'account' | 'all'; where: string; values: unknown[] } {
  const [values, where] = [[from, to], 'hour >= $1 AND hour < $2'];
  if (accountId === undefined) return { scope: 'all', where, values };
  return { scope: 'account', where: `account_id = $3 AND ${where}`, values: [...values, accountId] };
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
  const { scope, where, values } = conditionOf(reach);
  return database.call<AppUses & Record<string, unknown>>(
    `analytics.apps.${scope}`,
    `SELECT app_id AS "appId", (array_agg(app_name ORDER BY hour DESC))[1] AS "appName", sum(uses + deleted_uses)::float8 AS uses,
       sum(deleted_uses)::float8 AS "deletedUses"
     FROM usage_hours WHERE ${where} GROUP BY app_id ORDER BY uses DESC, app_id`,
    values,
  );
}

/** Adds appended outcomes and costs to their hours, at most `limit`. @returns how many */
export async function rollUpGenerationHours(database: Database, limit: number): Promise<number> {
  const [row] = await database.call<{ rolled: number }>(
    'analytics.rollUp',
    'SELECT roll_up_generation_hours($1)::int AS rolled',
    [limit],
  );
  return row?.rolled ?? 0;
}

/** Totals of completed generations and costs. */
export async function totalsOf(database: Database, reach: Reach): Promise<Ended> {
  const { scope, where, values } = conditionOf(reach);
  const [row] = await database.call<Ended & Record<string, unknown>>(
    `analytics.totals.${scope}`,
    `SELECT ${ENDED} FROM generation_usage WHERE ${where}`,
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
  const { scope, where, values } = conditionOf(reach);
  return database.call<TrendPoint & Record<string, unknown>>(
    `analytics.trend.${scope}.${bucket}`,
    `SELECT date_trunc('${bucket}', hour, 'UTC') AS at, sum(uses)::float8 AS uses, ${ENDED} FROM (
       SELECT hour, uses + deleted_uses AS uses, 0 AS captured, 0 AS refunded, 0 AS cost_usd, 0 AS completed, 0 AS failed FROM usage_hours WHERE ${where}
       UNION ALL
       SELECT hour, 0, captured, refunded, cost_usd, completed, failed FROM generation_usage WHERE ${where}) AS parts
     GROUP BY 1 ORDER BY 1`,
    values,
  );
}

export interface CostRow extends Spent {
  readonly key: string | null;
  readonly name: string | null;
  readonly uses: number | null;
}

/** Costs by project, app or provider, highest first: at most `limit` rows, and the sum of the rest. */
export async function costsBy(
  database: Database,
  reach: Reach,
  by: Exclude<CostsBy, 'day'>,
  limit: number,
): Promise<{ readonly rows: CostRow[]; readonly rest: Spent }> {
  const { scope, where, values } = conditionOf(reach);
  const found = await database.call<CostRow & { rank: number } & Record<string, unknown>>(
    `analytics.costs.${by}.${scope}`,
    `WITH costs AS (${COSTS[by](where)}),
     ranked AS (SELECT c.*, row_number() OVER (ORDER BY credits DESC, cost_usd DESC, uses DESC NULLS LAST, key) AS position FROM costs c)
     SELECT least(position, ${limit} + 1)::int AS rank, min(key) AS key, ${NAME_OF[by]} AS name, sum(credits)::float8 AS credits,
       sum(cost_usd)::float8 AS "costUsd", sum(completed)::float8 AS completed, sum(uses)::float8 AS uses
     FROM ranked GROUP BY 1 ORDER BY 1`,
    values,
  );
  const beyond = found.find(({ rank }) => rank > limit);
  return {
    rows: found.filter(({ rank }) => rank <= limit),
    rest: beyond ?? { credits: 0, costUsd: 0, completed: 0 },
  };
}

/** Project names are read only for the rows of the result. */
const NAME_OF: Readonly<Record<Exclude<CostsBy, 'day'>, string>> = {
  project: '(SELECT p.name FROM avatar_projects p WHERE p.id = min(key)::uuid)',
  app: 'min(name)',
  provider: 'min(name)',
};
const SPENT_SUMS = 'sum(captured - refunded) AS credits, sum(cost_usd) AS cost_usd, sum(completed) AS completed';

const COSTS: Readonly<Record<Exclude<CostsBy, 'day'>, (where: string) => string>> = {
  provider: (where) => `
    SELECT provider AS key, provider AS name, ${SPENT_SUMS}, NULL::numeric AS uses FROM generation_usage WHERE ${where} GROUP BY provider`,
  project: (where) => `
    SELECT s.key::text, NULL AS name, s.credits, s.cost_usd, s.completed, s.uses FROM (
      SELECT project_id AS key, ${SPENT_SUMS}, sum(uses) AS uses FROM (
        SELECT project_id, captured, refunded, cost_usd, completed, 0 AS uses FROM generation_usage WHERE ${where}
        UNION ALL
        SELECT project_id, 0, 0, 0, 0, uses + deleted_uses FROM usage_hours WHERE ${where}) AS parts
      GROUP BY project_id) AS s`,
  // A project's costs are divided among the apps that used its avatars, by their uses; without uses they belong to no app.
  app: (where) => `
    SELECT u.app_id AS key, min(u.app_name) AS name, coalesce(sum(s.credits * coalesce(u.share, 1)), 0) AS credits,
      coalesce(sum(s.cost_usd * coalesce(u.share, 1)), 0) AS cost_usd, coalesce(sum(s.completed * coalesce(u.share, 1)), 0) AS completed,
      coalesce(sum(u.uses), 0) AS uses
    FROM (
      SELECT account_id, project_id, ${SPENT_SUMS} FROM generation_usage WHERE ${where} GROUP BY 1, 2) AS s
    FULL JOIN (
      SELECT account_id, project_id, app_id, max(app_name) AS app_name, sum(uses + deleted_uses) AS uses,
        sum(uses + deleted_uses) / sum(sum(uses + deleted_uses)) OVER (PARTITION BY account_id, project_id) AS share
      FROM usage_hours WHERE ${where} GROUP BY 1, 2, 3) AS u USING (account_id, project_id)
    GROUP BY u.app_id`,
};
