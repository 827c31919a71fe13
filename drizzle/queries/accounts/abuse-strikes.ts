import { COOL_DOWNS, STRIKES, VELOCITY, type VelocityFlag } from '#domain/moderation/abuse.ts';
import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import type { Database } from '#drizzle/connection/database.ts';

const RULES = JSON.stringify(
  STRIKES.map((kind) => {
    const { strikes, withinMs, coolDownMs } = COOL_DOWNS[kind];
    return { kind, strikes, within_ms: withinMs, cool_down_ms: coolDownMs };
  }),
);

/** How long an account has to wait before its next request, ms; 0 if it need not. By the database's clock. */
export async function readCoolDownMs(database: Database, accountId: string): Promise<number> {
  const [row] = await database.call<{ left_ms: number | null }>(
    'abuse.coolDown',
    `SELECT ceil(max(extract(epoch FROM s.at - now()) * 1000 + r.cool_down_ms))::float8 AS left_ms
     FROM jsonb_to_recordset($2::jsonb) AS r (kind text, strikes int, within_ms bigint, cool_down_ms bigint)
     CROSS JOIN LATERAL (
       SELECT t.at, lag(t.at, r.strikes - 1) OVER (ORDER BY t.at) AS first FROM abuse_strikes t
       WHERE t.account_id = $1 AND t.kind = r.kind AND t.forgiven_at IS NULL AND t.at > now() - (r.within_ms + r.cool_down_ms) * interval '1 millisecond') s
     WHERE s.at - s.first <= r.within_ms * interval '1 millisecond'`,
    [accountId, RULES],
  );
  return Math.max(0, row?.left_ms ?? 0);
}

/**
 * Adds a strike for a prompt that breaks our rules. A provider's own filter refuses innocent prompts too often to count. Each delivered
 * avatar forgives one strike (drizzle/functions/forgive_strike.sql).
 * @param cause identifies the request: the same cause counts once
 */
export async function reportRefusedPrompt(database: Database, accountId: string, cause: string): Promise<void> {
  await database.call('abuse.reportRefusedPrompt', 'SELECT report_refused_prompt($1, $2)', [accountId, cause]);
}

export interface VelocityFlagged {
  readonly accountId: string;
  readonly flag: VelocityFlag;
  /** Strikes, generations or credits, by the flag. */
  readonly count: number;
}

const FLAGGED_MAX = 100;

/** Accounts with conspicuous behavior, highest count first. Reads only recent rows, by an index. */
export async function velocityFlags(database: Database): Promise<VelocityFlagged[]> {
  return database.call<{ accountId: string; flag: VelocityFlag; count: number }>(
    'abuse.velocity',
    `WITH strikes AS (
       SELECT account_id, CASE kind WHEN 'unpaid' THEN 'unpaid_requests' ELSE 'refused_prompts' END AS flag, count(*)::int AS count
       FROM abuse_strikes WHERE at > now() - interval '1 day' GROUP BY account_id, kind
       HAVING count(*) >= CASE kind WHEN 'unpaid' THEN $2::int ELSE $1::int END),
     burst AS (
       SELECT g.account_id, 'burst' AS flag, g.count FROM (
         SELECT account_id, count(*)::int AS count FROM avatar_generations WHERE finished_at > now() - interval '1 hour' GROUP BY account_id) g
       JOIN accounts a ON a.id = g.account_id WHERE g.count >= a.daily_limit * $3::float8),
     spent AS (
       SELECT a.id, 'spent_at_once' AS flag, s.count FROM accounts a
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.amount), 0)::int AS count FROM credit_transfers t
         WHERE t.account_id = a.id AND t.kind = 'reserve' AND t.created_at < a.created_at + $4 * interval '1 millisecond') s
       WHERE a.id > (SELECT uuidv7(interval '-1 day')) AND a.tier <> 'service' AND s.count >= ($5::jsonb->>a.tier)::int)
     SELECT account_id AS "accountId", flag, count FROM (TABLE strikes UNION ALL TABLE burst UNION ALL TABLE spent) f
     ORDER BY count DESC, account_id LIMIT ${FLAGGED_MAX}`,
    [
      VELOCITY.refusedPromptsADay,
      VELOCITY.unpaidRequestsADay,
      VELOCITY.burstShareOfDay,
      VELOCITY.spentWithinMs,
      JSON.stringify(STARTER_CREDITS),
    ],
  );
}
