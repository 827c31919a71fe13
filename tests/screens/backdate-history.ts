import type { Client } from 'pg';

/** Age of the oldest avatar. */
const DAYS = 13;
const APPS = [
  ['chat', 'Chat', 'shown_as_author', 90],
  ['forum', 'Forum', 'shown_as_author', 45],
  ['tabletop', 'Tabletop nights', 'played', 60],
  ['badges', 'Badge printer', 'printed', 12],
] as const;

/** Spreads avatars that were generated within a minute over two weeks, and adds uses by apps. @param owner the database's owner; triggers are switched off */
export async function backdateHistory(owner: Client, accountId: string, favoriteId: string): Promise<void> {
  await owner.query(`SET session_replication_role = 'replica'`);
  await owner.query(
    `CREATE TEMP TABLE shifted AS SELECT id,
       (1 - row_number() OVER (ORDER BY created_at)::float / count(*) OVER ()) * interval '${DAYS} days' AS back
     FROM avatar_generations WHERE account_id = $1`,
    [accountId],
  );
  const shift = async (table: string, key: string, columns: readonly string[]) => {
    const set = columns.map((column) => `${column} = ${column} - back`).join(', ');
    await owner.query(`UPDATE ${table} AS t SET ${set} FROM shifted WHERE t.${key} = shifted.id`);
  };
  const timestamps = [
    'created_at',
    'updated_at',
    'accepted_at',
    'pending_at',
    'processing_at',
    'saving_at',
    'finished_at',
  ];
  await shift('avatar_generations', 'id', timestamps);
  await shift('avatars', 'generation_id', ['created_at', 'updated_at']);
  await shift('credit_transfers', 'generation_id', ['created_at']);
  await shift('notifications', 'generation_id', ['created_at']);
  await owner.query(
    `UPDATE credit_transfers SET created_at = created_at - interval '${DAYS + 1} days' WHERE account_id = $1 AND generation_id IS NULL`,
    [accountId],
  );
  await owner.query(
    `UPDATE avatar_projects AS p SET created_at = created_at - interval '${DAYS} days',
       updated_at = coalesce((SELECT max(created_at) FROM avatars WHERE project_id = p.id), updated_at - interval '20 days')
     WHERE account_id = $1`,
    [accountId],
  );
  await owner.query(
    `UPDATE notifications SET read_at = created_at WHERE account_id = $1
       AND id NOT IN (SELECT id FROM notifications WHERE account_id = $1 ORDER BY created_at DESC LIMIT 3)`,
    [accountId],
  );
  for (const table of ['generation_hours', 'generation_hour_changes'])
    await owner.query(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
  await owner.query(
    `INSERT INTO generation_hours (account_id, hour, project_id, provider, completed, failed, captured, cost_usd)
     SELECT account_id, date_trunc('hour', finished_at), project_id, 'replicate', count(*), 0, sum(price), 0.025 * count(*)
     FROM avatar_generations WHERE account_id = $1 AND status = 'completed' GROUP BY 1, 2, 3`,
    [accountId],
  );
  await owner.query(
    `WITH forgotten AS (DELETE FROM studio_generation_hours)
     UPDATE studio_sums SET up_to_account_id = '00000000-0000-0000-0000-000000000000' WHERE kind = 'generations'`,
  );
  await owner.query(`SET session_replication_role = 'origin'`);
  for (const [app, name, action, uses] of APPS) await use(owner, { accountId, favoriteId, app, name, action, uses });
}

interface Use {
  readonly accountId: string;
  readonly favoriteId: string;
  readonly app: string;
  readonly name: string;
  readonly action: string;
  readonly uses: number;
}

/** Adds uses that grow from day to day; every second one is of the favorite. */
async function use(owner: Client, { accountId, favoriteId, app, name, action, uses }: Use): Promise<void> {
  await owner.query(
    `INSERT INTO avatar_usage_history (id, account_id, avatar_id, project_id, app_id, app_name, action, created_at)
     SELECT gen_random_uuid(), a.account_id, a.id, a.project_id, $3, $4, $5,
       now() - sqrt(n / $6::float) * sqrt(n / $6::float) * interval '${DAYS} days'
     FROM generate_series(1, $6::int) AS n
     CROSS JOIN LATERAL (SELECT * FROM avatars WHERE account_id = $1
       ORDER BY (n % 2 = 0 AND id = $2) DESC, md5(id::text || n) LIMIT 1) AS a`,
    [accountId, favoriteId, app, name, action, uses],
  );
  await owner.query(
    `UPDATE avatars AS a SET usage_count = h.uses, last_used_at = h.last
     FROM (SELECT avatar_id, count(*)::int AS uses, max(created_at) AS last FROM avatar_usage_history GROUP BY 1) AS h
     WHERE a.id = h.avatar_id`,
  );
}
