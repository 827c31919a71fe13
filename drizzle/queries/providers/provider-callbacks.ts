import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface ProviderCallback {
  /** The callback's own id; each is handled once. */
  readonly id: string;
  readonly provider: ProviderName;
  /** The job that ended, by its id in the callback: the external id, or the part after its last slash. */
  readonly jobId: string;
  /** The attempt that the callback's address names. */
  readonly attemptId: string | undefined;
}

/**
 * Records a provider's callback and notifies the worker that waits for its job, in one statement. An attempt whose external id is still
 * unknown, because the reply to its call was lost, gets the job's id; its worker checks it before it adopts the job.
 * @returns false if this callback was recorded before
 */
export async function recordCallback(database: Database, callback: ProviderCallback): Promise<boolean> {
  const [row] = await database.call<{ fresh: boolean; notified: number }>(
    'callbacks.record',
    `WITH first AS (INSERT INTO provider_callbacks (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id),
     waiting AS (
       UPDATE provider_attempts a SET called_back_at = now(), called_back_job = CASE WHEN a.external_id IS NULL THEN $3 ELSE a.called_back_job END
       FROM first
       WHERE a.provider = $2 AND a.state IN ('created', 'submitting', 'submitted')
         AND (a.external_id = $3 OR (a.id = $4 AND (a.external_id IS NULL OR right(a.external_id, length($3) + 1) = '/' || $3))) RETURNING a.id),
     notified AS MATERIALIZED (SELECT pg_notify('attempt', json_build_object('id', w.id)::text) FROM waiting w)
     SELECT EXISTS (SELECT FROM first) AS fresh, (SELECT count(*) FROM notified)::int AS notified`,
    [callback.id, callback.provider, callback.jobId, callback.attemptId ?? null],
  );
  return row?.fresh ?? false;
}

/** Deletes ids of callbacks that can't be sent again, because their signature is too old. @returns how many */
export async function pruneCallbacks(database: Database, olderThanMs: number): Promise<number> {
  const rows = await database.call(
    'callbacks.prune',
    `DELETE FROM provider_callbacks WHERE received_at < now() - $1 * interval '1 millisecond' RETURNING id`,
    [olderThanMs],
  );
  return rows.length;
}
