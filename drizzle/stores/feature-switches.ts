import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '../connection/database.ts';
import { readSwitches, type Switches } from '../queries/admin/feature-switches.ts';
import { createTtlCache } from './ttl-cache.ts';

/** Every process sees a change within this, ms: half of the second that admins are promised. */
export const SWITCHES_CACHED_MS = 500;

/** The admins' switches, at most {@link SWITCHES_CACHED_MS} old. */
export interface FeatureSwitches {
  newGenerationsPaused(): Promise<boolean>;
  /** Those of `providers` that are switched on, in the same order. */
  switchedOn(providers: readonly ProviderName[]): Promise<ProviderName[]>;
}

/** Runs at most two small statements a second. A failed read is not cached. @throws from each method what the read threw */
export function createFeatureSwitches(database: Database): FeatureSwitches {
  const switches = createTtlCache(SWITCHES_CACHED_MS, () => readSwitches(database));
  return switchesFrom(() => switches.read());
}

/** @param read cached */
export function switchesFrom(read: () => Promise<Switches>): FeatureSwitches {
  return {
    newGenerationsPaused: async () => (await read()).newGenerations.paused,
    async switchedOn(providers) {
      const { providers: states } = await read();
      return providers.filter((name) => states.find((state) => state.name === name)?.enabled ?? true);
    },
  };
}
