import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '../connection/database.ts';
import { readSwitches } from '../queries/admin/feature-switches.ts';
import { createTtlCache } from './ttl-cache.ts';

/** Every process sees a change within this, ms: half of the second that admins are promised. */
const CACHED_MS = 500;

/** The admins' switches, at most {@link CACHED_MS} old. */
export interface FeatureSwitches {
  newGenerationsPaused(): Promise<boolean>;
  /** Those of `providers` that are switched on, in the same order. */
  switchedOn(providers: readonly ProviderName[]): Promise<ProviderName[]>;
}

/** Runs at most two small statements a second. A failed read is not cached. @throws from each method what the read threw */
export function createFeatureSwitches(database: Database): FeatureSwitches {
  const switches = createTtlCache(CACHED_MS, () => readSwitches(database));
  return {
    newGenerationsPaused: async () => (await switches.read()).newGenerations.paused,
    async switchedOn(providers) {
      const { providers: states } = await switches.read();
      return providers.filter((name) => states.find((state) => state.name === name)?.enabled ?? true);
    },
  };
}
