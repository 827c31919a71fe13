import type { Database } from '#drizzle/connection/database.ts';
import { ReconcileRefused } from './refusal.ts';

/** More than NTP and a slow answer explain; less than any age by which something is removed, ms. */
const SKEW_MAX_MS = 60_000;

/**
 * Everything that is removed by its age is removed by the database's clock. Where that differs from ours, one of them is wrong, and a
 * jump ahead would make trash, uploads and messages old all at once.
 *
 * @param now ms since 1970, by this process
 * @throws ReconcileRefused
 */
export async function assertClocks(database: Database, now: () => number = Date.now): Promise<void> {
  const [row] = await database.call<{ now_ms: number }>(
    'reconcile.clock',
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now_ms',
    [],
  );
  const skewMs = Math.abs((row?.now_ms ?? 0) - now());
  if (skewMs <= SKEW_MAX_MS) return;
  const seconds = Math.round(skewMs / 1000);
  throw new ReconcileRefused(
    'clock_skew',
    `The clocks of database and worker are ${seconds} s apart: nothing is removed`,
  );
}
