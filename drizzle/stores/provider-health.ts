import type { Spending } from '#domain/provider/budget.ts';
import type { ProviderHealth } from '#domain/provider/provider-plan.ts';
import type { Database } from '../connection/database.ts';
import { readCircuits, type CircuitRows } from '../queries/providers/provider-circuits.ts';
import { readRecords } from '../queries/providers/provider-records.ts';
import { readSpending } from '../queries/providers/provider-spending.ts';
import { createTtlCache } from './ttl-cache.ts';

/** All processes see changes of circuits and budgets within this, ms. */
const STATE_CACHED_MS = 1_000;
/** The window of 15 minutes changes little in this time, ms, and its read is the most expensive of the three. */
const RECORDS_CACHED_MS = 5_000;
/** Long enough for some images of each model, short enough that an outage stops counting soon after it ended. */
const WINDOW_MS = 15 * 60_000;

export type ReadProviderHealth = () => Promise<Required<Pick<ProviderHealth, 'records' | 'openCircuits' | 'spending'>>>;

/** Reads the health of all providers with three cached statements. */
export function createProviderHealth(database: Database): ReadProviderHealth {
  const records = createTtlCache(RECORDS_CACHED_MS, () => readRecords(database, WINDOW_MS));
  const state = createTtlCache<[CircuitRows, Spending]>(STATE_CACHED_MS, () =>
    Promise.all([readCircuits(database), readSpending(database)]),
  );
  return async () => {
    const [recentRecords, [circuits, spending]] = await Promise.all([records.read(), state.read()]);
    return { records: recentRecords, spending, openCircuits: openCircuitsOf(circuits) };
  };
}

function openCircuitsOf({ nowMs, rows }: CircuitRows) {
  return rows.flatMap(({ provider, model, circuit: { openUntilMs } }) =>
    openUntilMs !== null && openUntilMs > nowMs ? [{ provider, model, until: new Date(openUntilMs) }] : [],
  );
}
