import type { Database } from '#drizzle/connection/database.ts';
import { ReconcileRefused } from './reconcile-refused.ts';

/** Larger than NTP and a slow reply can explain; smaller than any age at which something is removed. */
const SKEW_MAX_MS = 60_000;

/**
 * Compares the clocks of the database and this process. Rows are removed by age, by the database's clock: if it jumped ahead, all
 * trash, uploads and deliveries would become old at once.
 *
 * @param now this process' time in milliseconds since 1970
 * @throws ReconcileRefused `clock_skew`
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
    `The clocks of the database and the worker are ${seconds} s apart: nothing is removed`,
  );
}
