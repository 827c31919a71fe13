import type { CostsBy } from '#contract/usage.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Reach, type Sources, sourcesOf, type Spent } from './analytics.ts';

export interface CostRow extends Spent {
  readonly key: string | null;
  readonly name: string | null;
  readonly uses: number | null;
}

/**
 * The hours of each account, since the studio's sums know no projects. Of all accounts, they are as many as generations and uses: the
 * caller bounds the period.
 */
function hoursOf(reach: Reach): Sources {
  if (reach.accountId !== undefined) return sourcesOf(reach);
  const inPeriod = 'WHERE hour >= $1 AND hour < $2';
  return { ...sourcesOf(reach), generations: `generation_usage ${inPeriod}`, uses: `usage_hours ${inPeriod}` };
}

/** Costs by project, app or provider, highest first: at most `limit` rows, and the sum of the rest. */
export async function costsBy(
  database: Database,
  reach: Reach,
  by: Exclude<CostsBy, 'day'>,
  limit: number,
): Promise<{ readonly rows: CostRow[]; readonly rest: Spent }> {
  const { scope, values, ...sources } = by === 'provider' ? sourcesOf(reach) : hoursOf(reach);
  const found = await database.call<CostRow & { rank: number } & Record<string, unknown>>(
    `analytics.costs.${by}.${scope}`,
    `WITH costs AS (${COSTS[by](sources)}),
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

const COSTS: Readonly<Record<Exclude<CostsBy, 'day'>, (sources: Pick<Sources, 'generations' | 'uses'>) => string>> = {
  provider: ({ generations }) => `
    SELECT provider AS key, provider AS name, ${SPENT_SUMS}, NULL::numeric AS uses FROM ${generations} GROUP BY provider`,
  project: ({ generations, uses }) => `
    SELECT s.key::text, NULL AS name, s.credits, s.cost_usd, s.completed, s.uses FROM (
      SELECT project_id AS key, ${SPENT_SUMS}, sum(uses) AS uses FROM (
        SELECT project_id, captured, refunded, cost_usd, completed, 0 AS uses FROM ${generations}
        UNION ALL
        SELECT project_id, 0, 0, 0, 0, uses + deleted_uses FROM ${uses}) AS parts
      GROUP BY project_id) AS s`,
  // A project's costs are divided among the apps that used its avatars, by their uses; without uses they belong to no app.
  app: ({ generations, uses }) => `
    SELECT u.app_id AS key, min(u.app_name) AS name, coalesce(sum(s.credits * coalesce(u.share, 1)), 0) AS credits,
      coalesce(sum(s.cost_usd * coalesce(u.share, 1)), 0) AS cost_usd, coalesce(sum(s.completed * coalesce(u.share, 1)), 0) AS completed,
      coalesce(sum(u.uses), 0) AS uses
    FROM (
      SELECT account_id, project_id, ${SPENT_SUMS} FROM ${generations} GROUP BY 1, 2) AS s
    FULL JOIN (
      SELECT account_id, project_id, app_id, max(app_name) AS app_name, sum(uses + deleted_uses) AS uses,
        sum(uses + deleted_uses) / sum(sum(uses + deleted_uses)) OVER (PARTITION BY account_id, project_id) AS share
      FROM ${uses} GROUP BY 1, 2, 3) AS u USING (account_id, project_id)
    GROUP BY u.app_id`,
};
