import type { Spending } from '#domain/provider/budget.ts';
import type { ProviderHealth } from '#domain/provider/provider-plan.ts';
import type { Database } from '../connection/database.ts';
import { readCircuits, type CircuitRows } from '../queries/providers/provider-circuits.ts';
import { readRecords } from '../queries/providers/provider-records.ts';
import { readSpending } from '../queries/providers/provider-spending.ts';
import { createTtlCache } from './ttl-cache.ts';

/** All processes agree on circuits and budgets within this, ms. */
const STATE_CACHED_MS = 1_000;
/** A quarter of an hour changes little in that time, ms; it is the dearest of the three reads. */
const RECORDS_CACHED_MS = 5_000;
/** Long enough for some images of each model, short enough that yesterday's outage is forgotten. */
const LATELY_MS = 15 * 60_000;

export type ReadProviderHealth = () => Promise<Required<Pick<ProviderHealth, 'records' | 'openCircuits' | 'spending'>>>;

/** What is known of the providers, by three small statements now and then, however many ask. */
export function createProviderHealth(database: Database): ReadProviderHealth {
  const records = createTtlCache(RECORDS_CACHED_MS, () => readRecords(database, LATELY_MS));
  const state = createTtlCache<[CircuitRows, Spending]>(STATE_CACHED_MS, () =>
    Promise.all([readCircuits(database), readSpending(database)]),
  );
  return async () => {
    const [lately, [circuits, spending]] = await Promise.all([records.read(), state.read()]);
    return { records: lately, spending, openCircuits: openIn(circuits) };
  };
}

function openIn({ nowMs, rows }: CircuitRows) {
  return rows.flatMap(({ provider, model, circuit: { openUntilMs } }) =>
    openUntilMs !== null && openUntilMs > nowMs ? [{ provider, model, until: new Date(openUntilMs) }] : [],
  );
}
