import { GRANT_PREFIX } from '#domain/account/granted-credits.ts';
import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import { VELOCITY, VELOCITY_FLAGS, type VelocityFlag } from '#domain/moderation/abuse.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface VelocityFlagged {
  readonly accountId: string;
  readonly flag: VelocityFlag;
  /** Strikes, hours, generations, credits, payments or accounts, by the flag. */
  readonly count: number;
  /** With `starter_withheld`: names the network that the accounts share; null when it is unknown. */
  readonly network: string | null;
}

/** Enough of each flag to see what is going on. */
const MAX_OF_A_FLAG = 25;
/** So many digits of a digest tell networks apart. */
const NETWORK_DIGITS = 8;

/** What is flagged now. Reads only recent rows, by an index. */
const FLAGGED = `
  strikes AS (
    SELECT account_id, flag, count FROM (
      SELECT account_id, CASE kind WHEN 'unpaid' THEN 'unpaid_requests' WHEN 'hourly_limit' THEN kind ELSE 'refused_prompts' END AS flag,
        CASE kind WHEN 'hourly_limit' THEN count(DISTINCT date_trunc('hour', at, 'UTC')) ELSE count(*) END::int AS count
      FROM abuse_strikes WHERE at > now() - interval '1 day' GROUP BY account_id, kind) s
    WHERE count >= ($1::jsonb->>flag)::int),
  burst AS (
    SELECT g.account_id, 'burst' AS flag, g.count FROM (
      SELECT account_id, count(*)::int AS count FROM avatar_generations WHERE finished_at > now() - interval '1 hour' GROUP BY account_id) g
    JOIN accounts a ON a.id = g.account_id WHERE g.count >= a.daily_limit * $2::float8),
  spent AS (
    SELECT a.id, 'spent_at_once' AS flag, s.count FROM accounts a
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(t.amount), 0)::int AS count FROM credit_transfers t
      WHERE t.account_id = a.id AND t.kind = 'reserve' AND t.created_at < a.created_at + $3 * interval '1 millisecond') s
    WHERE a.id > (SELECT uuidv7(interval '-1 day')) AND a.tier <> 'service' AND s.count >= ($4::jsonb->>a.tier)::int),
  payments AS MATERIALIZED (
    SELECT account_id, client_id, amount FROM credit_transfers
    WHERE kind = 'topup' AND reference <> 'starter' AND reference NOT LIKE '${GRANT_PREFIX}%' AND created_at > now() - interval '1 hour'),
  topups AS (
    SELECT account_id, flag, count FROM (
      SELECT account_id, count(*) AS topups, sum(amount) AS topup_credits FROM payments GROUP BY account_id
    ) p CROSS JOIN LATERAL (VALUES ('topups', topups), ('topup_credits', topup_credits)) AS v (flag, count)
    UNION ALL SELECT client_id, 'topup_accounts', count(DISTINCT account_id) FROM payments WHERE client_id IS NOT NULL GROUP BY client_id),
  withheld AS (
    SELECT account_id, 'starter_withheld' AS flag, count(*) OVER (PARTITION BY coalesce(network, account_id::text)) AS count,
      left(network, ${NETWORK_DIGITS}) AS network
    FROM starter_withholdings WHERE withheld_at > now() - interval '1 day'),
  flagged AS (
    SELECT account_id, flag, count::float8, NULL AS network FROM (TABLE strikes UNION ALL TABLE burst UNION ALL TABLE spent) s
    UNION ALL SELECT account_id, flag, count::float8, NULL FROM topups WHERE count >= ($1::jsonb->>flag)::numeric
    UNION ALL SELECT account_id, flag, count::float8, network FROM withheld)`;

const PARAMETERS: readonly unknown[] = [
  JSON.stringify({
    refused_prompts: VELOCITY.refusedPromptsADay,
    unpaid_requests: VELOCITY.unpaidRequestsADay,
    hourly_limit: VELOCITY.limitedHoursADay,
    topups: VELOCITY.topupsAnHour,
    topup_credits: VELOCITY.topupCreditsAnHour,
    topup_accounts: VELOCITY.topupAccountsAnHour,
  }),
  VELOCITY.burstShareOfDay,
  VELOCITY.spentWithinMs,
  JSON.stringify(STARTER_CREDITS),
];

/** Accounts with conspicuous behavior, highest count first; at most {@link MAX_OF_A_FLAG} of each flag. */
export async function velocityFlags(database: Database): Promise<VelocityFlagged[]> {
  return database.call<{ accountId: string; flag: VelocityFlag; count: number; network: string | null }>(
    'abuse.velocity',
    `WITH ${FLAGGED}
     SELECT account_id AS "accountId", flag, count, network FROM (
       SELECT *, row_number() OVER (PARTITION BY flag ORDER BY count DESC, network, account_id) AS rank FROM flagged) f
     WHERE rank <= ${MAX_OF_A_FLAG} ORDER BY count DESC, network, account_id`,
    PARAMETERS,
  );
}

/** The number of flagged accounts, by flag. */
export async function countFlagged(database: Database): Promise<Record<VelocityFlag, number>> {
  const rows = await database.call<{ flag: VelocityFlag; accounts: number }>(
    'abuse.countFlagged',
    `WITH ${FLAGGED} SELECT flag, count(*)::int AS accounts FROM flagged GROUP BY flag`,
    PARAMETERS,
  );
  const none = Object.fromEntries(VELOCITY_FLAGS.map((flag) => [flag, 0])) as Record<VelocityFlag, number>;
  return { ...none, ...Object.fromEntries(rows.map(({ flag, accounts }) => [flag, accounts])) };
}
