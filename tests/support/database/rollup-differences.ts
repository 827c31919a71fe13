import type { Client } from 'pg';

/** Differences between a roll-up and its raw rows, or between the studio's sums and the accounts' hours, as text; there should be none. */
export async function rollupDifferences(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ difference: string }>(DIFFERENCES);
  return rows.map(({ difference }) => difference);
}

const RAW_USES = `
  SELECT account_id, date_trunc('hour', created_at, 'UTC') AS hour, project_id, app_id, count(*)::int AS uses
  FROM avatar_usage_history GROUP BY 1, 2, 3, 4`;
const STORED_USES = 'SELECT account_id, hour, project_id, app_id, uses FROM usage_hours WHERE uses > 0';

const RAW_GENERATION = `
  SELECT account_id, date_trunc('hour', at, 'UTC') AS hour, project_id, provider, sum(completed)::int AS completed, sum(failed)::int AS failed,
    sum(captured)::bigint AS captured, sum(refunded)::bigint AS refunded, sum(cost_usd)::numeric(12, 6) AS cost_usd
  FROM (
    SELECT account_id, finished_at AS at, origin_project_id AS project_id, provider, (status = 'completed')::int AS completed,
        (status = 'failed')::int AS failed, 0 AS captured, 0 AS refunded, 0 AS cost_usd
      FROM avatar_generations WHERE status IN ('completed', 'failed')
    UNION ALL
    SELECT t.account_id, t.created_at, g.origin_project_id, g.provider, 0, 0, CASE t.kind WHEN 'capture' THEN t.amount ELSE 0 END,
        CASE t.kind WHEN 'refund' THEN t.amount ELSE 0 END, 0
      FROM credit_transfers t JOIN avatar_generations g ON g.id = t.generation_id WHERE t.kind IN ('capture', 'refund')
    UNION ALL
    SELECT g.account_id, a.created_at, g.origin_project_id, a.provider, 0, 0, 0, 0, a.cost_usd
      FROM provider_attempts a JOIN avatar_generations g ON g.id = a.generation_id WHERE a.cost_usd <> 0) AS raw
  GROUP BY 1, 2, 3, 4`;
const STORED_GENERATION = `
  SELECT account_id, hour, project_id, provider, sum(completed)::int AS completed, sum(failed)::int AS failed, sum(captured)::bigint AS captured,
    sum(refunded)::bigint AS refunded, sum(cost_usd)::numeric(12, 6) AS cost_usd
  FROM generation_usage GROUP BY 1, 2, 3, 4`;

const ACCOUNTS_USES = `
  SELECT hour, app_id, sum(uses)::int AS uses, sum(deleted_uses)::int AS deleted_uses FROM usage_hours GROUP BY 1, 2`;
const STUDIO_USES = `
  SELECT hour, app_id, sum(uses)::int AS uses, sum(deleted_uses)::int AS deleted_uses FROM studio_usage('-infinity', 'infinity') GROUP BY 1, 2`;

const SUMS = `sum(completed)::int AS completed, sum(failed)::int AS failed, sum(captured)::bigint AS captured, sum(refunded)::bigint AS refunded,
  sum(cost_usd)::numeric(12, 6) AS cost_usd`;
const ACCOUNTS_GENERATION = `SELECT hour, provider, ${SUMS} FROM generation_usage GROUP BY 1, 2`;
const STUDIO_GENERATION = `
  SELECT hour, provider, ${SUMS} FROM studio_generation_usage('-infinity', 'infinity') GROUP BY 1, 2`;

const DIFFERENCES = [
  ['uses in the history only', RAW_USES, STORED_USES],
  ['uses in the roll-up only', STORED_USES, RAW_USES],
  ['generations in the rows only', RAW_GENERATION, STORED_GENERATION],
  ['generations in the roll-up only', STORED_GENERATION, RAW_GENERATION],
  ['uses of accounts, not in the studio’s sums', ACCOUNTS_USES, STUDIO_USES],
  ['uses in the studio’s sums only', STUDIO_USES, ACCOUNTS_USES],
  ['generations of accounts, not in the studio’s sums', ACCOUNTS_GENERATION, STUDIO_GENERATION],
  ['generations in the studio’s sums only', STUDIO_GENERATION, ACCOUNTS_GENERATION],
]
  .map(
    ([what, these, those]) =>
      `(SELECT '${what}: ' || row_to_json(d) AS difference FROM ((${these}) EXCEPT ALL (${those})) AS d)`,
  )
  .join(' UNION ALL ');
