import { SIGNAL_RETENTION_MS } from '#domain/account/starter-credits.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Deletes what was stored about networks and devices and is no longer needed. @returns rows, at most `limit` of each kind */
export async function forgetStarterSignals(database: Database, limit: number): Promise<number> {
  const [row] = await database.call<{ forgotten: number }>(
    'starter.forgetSignals',
    'SELECT forget_starter_signals($1, $2) AS forgotten',
    [SIGNAL_RETENTION_MS, limit],
  );
  return row?.forgotten ?? 0;
}
