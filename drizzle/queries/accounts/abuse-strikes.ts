import { COOL_DOWNS } from '#domain/moderation/abuse.ts';
import type { Database } from '#drizzle/connection/database.ts';

export const COOL_DOWN_RULES = JSON.stringify(
  Object.entries(COOL_DOWNS).map(([kind, { strikes, withinMs, coolDownMs }]) => ({
    kind,
    strikes,
    within_ms: withinMs,
    cool_down_ms: coolDownMs,
  })),
);

/** Selects when the cool-down of account $1 ends by the rules $2: one row. */
export const COOL_DOWN = `SELECT ceil(max(extract(epoch FROM s.at - now()) * 1000 + r.cool_down_ms))::float8 AS left_ms
     FROM jsonb_to_recordset($2::jsonb) AS r (kind text, strikes int, within_ms bigint, cool_down_ms bigint)
     CROSS JOIN LATERAL (
       SELECT t.at, lag(t.at, r.strikes - 1) OVER (ORDER BY t.at) AS first FROM abuse_strikes t
       WHERE t.account_id = $1 AND t.kind = r.kind AND t.forgiven_at IS NULL AND t.at > now() - (r.within_ms + r.cool_down_ms) * interval '1 millisecond') s
     WHERE s.at - s.first <= r.within_ms * interval '1 millisecond'`;

/** How long an account has to wait before its next request, ms; 0 if it need not. By the database's clock. */
export async function readCoolDownMs(database: Database, accountId: string): Promise<number> {
  const [row] = await database.call<{ left_ms: number | null }>('abuse.coolDown', COOL_DOWN, [
    accountId,
    COOL_DOWN_RULES,
  ]);
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
