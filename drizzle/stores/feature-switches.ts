import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '../connection/database.ts';
import { readSwitches } from '../queries/admin/feature-switches.ts';
import { createTtlCache } from './ttl-cache.ts';

/** Every process knows of a switch within this, ms: half of the second that admins are promised. */
const CACHED_MS = 500;

/** The admins' switches as this process knows them, at most {@link CACHED_MS} old. */
export interface FeatureSwitches {
  newGenerationsPaused(): Promise<boolean>;
  /** Those of `providers` that are switched on, in the same order. */
  switchedOn(providers: readonly ProviderName[]): Promise<ProviderName[]>;
}

/** One small statement twice a second at most, however many ask. A read that fails is told to whoever asked, and not kept. */
export function createFeatureSwitches(database: Database): FeatureSwitches {
  const switches = createTtlCache(CACHED_MS, () => readSwitches(database));
  return {
    newGenerationsPaused: async () => (await switches.read()).newGenerations.paused,
    async switchedOn(providers) {
      const { providers: known } = await switches.read();
      return providers.filter((name) => known.find((one) => one.name === name)?.enabled ?? true);
    },
  };
}
