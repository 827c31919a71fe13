import type { ProviderHealth } from '#domain/provider/provider-plan.ts';
import type { Database } from '../connection/database.ts';
import { readChoiceInputs, type RecentRecord } from '../queries/providers/choice-inputs.ts';
import { type FeatureSwitches, SWITCHES_CACHED_MS, switchesFrom } from './feature-switches.ts';
import { createTtlCache } from './ttl-cache.ts';

/** The window of 15 minutes changes little in this time, ms, and its read is the most expensive part. */
const RECORDS_CACHED_MS = 5_000;
/** Long enough for some images of each model, short enough that an outage stops counting soon after it ended. */
const WINDOW_MS = 15 * 60_000;

export type ReadProviderHealth = () => Promise<Required<Pick<ProviderHealth, 'records' | 'openCircuits' | 'spending'>>>;

export interface CachedChoiceInputs {
  readonly featureSwitches: FeatureSwitches;
  readonly readProviderHealth: ReadProviderHealth;
}

/**
 * Switches, open circuits, budgets and records, by one statement at most twice a second: as old as switches may be, which are the
 * strictest. Every tenth or so reads the records too, so that these are no older than {@link RECORDS_CACHED_MS}.
 */
export function createChoiceInputs(database: Database): CachedChoiceInputs {
  let records: { readonly readAt: number; readonly value: readonly RecentRecord[] } | undefined;

  const inputs = createTtlCache(SWITCHES_CACHED_MS, async () => {
    const readAt = performance.now();
    // The cached statement ages as well.
    const isRecent = records !== undefined && readAt - records.readAt < RECORDS_CACHED_MS - SWITCHES_CACHED_MS;
    const read = await readChoiceInputs(database, isRecent ? null : WINDOW_MS);
    if (read.records) records = { readAt, value: read.records };
    return { ...read, records: records?.value ?? [] };
  });

  return {
    featureSwitches: switchesFrom(async () => (await inputs.read()).switches),
    async readProviderHealth() {
      const { records: recent, openCircuits, spending } = await inputs.read();
      return { records: recent, openCircuits, spending };
    },
  };
}
