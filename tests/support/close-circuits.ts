import type { Database } from '#drizzle/connection/database.ts';

/** Closes the circuits of all providers and models, so that the failures of one test mean nothing to the next. */
export async function closeCircuits(database: Database): Promise<void> {
  await database.call(
    'test.close',
    'UPDATE provider_circuits SET version = version + 1, failures = 0, open_until = NULL, not_before = NULL, openings = 0, probe = NULL, probe_until = NULL',
    [],
  );
}
