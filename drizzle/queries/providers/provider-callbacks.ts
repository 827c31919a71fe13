import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface ProviderCallback {
  /** The message's own id; each is taken once. */
  readonly id: string;
  readonly provider: ProviderName;
  /** The provider's name for the work that has ended. */
  readonly externalId: string;
}

/**
 * Notes that the provider called back and tells whoever waits for this work, in one statement.
 * @returns false when this message was taken before
 */
export async function recordCallback(database: Database, callback: ProviderCallback): Promise<boolean> {
  const [row] = await database.call<{ fresh: boolean; told: number }>(
    'callbacks.note',
    `WITH first AS (INSERT INTO provider_callbacks (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id),
     heard AS (
       UPDATE provider_attempts a SET called_back_at = now() FROM first
       WHERE a.provider = $2 AND a.external_id = $3 AND a.external_id IS NOT NULL AND a.state IN ('created', 'submitting', 'submitted') RETURNING a.id),
     told AS MATERIALIZED (SELECT pg_notify('attempt', json_build_object('id', h.id)::text) FROM heard h)
     SELECT EXISTS (SELECT FROM first) AS fresh, (SELECT count(*) FROM told)::int AS told`,
    [callback.id, callback.provider, callback.externalId],
  );
  return row?.fresh ?? false;
}

/** Forgets messages that can't come again: their signature is too old. @returns how many */
export async function pruneCallbacks(database: Database, olderThanMs: number): Promise<number> {
  const rows = await database.call(
    'callbacks.prune',
    `DELETE FROM provider_callbacks WHERE received_at < now() - $1 * interval '1 millisecond' RETURNING id`,
    [olderThanMs],
  );
  return rows.length;
}
