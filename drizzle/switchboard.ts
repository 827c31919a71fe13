import type { ProviderName } from '../domain/provider.ts';
import type { Database } from './database.ts';
import { readSwitches, type Switches } from './queries/switches.ts';

/** Every process knows of a switch within this, ms: half of the second that admins are promised. */
const CACHED_MS = 500;

/** The admins' switches as this process knows them, at most {@link CACHED_MS} old. */
export interface Switchboard {
  intakePaused(): Promise<boolean>;
  /** Those of `providers` that are switched on, in the same order. */
  switchedOn(providers: readonly ProviderName[]): Promise<ProviderName[]>;
}

/** One small statement twice a second at most, however many ask. A read that fails is told to whoever asked, and not kept. */
export function createSwitchboard(database: Database): Switchboard {
  let known: { readonly readAt: number; readonly switches: Promise<Switches> } | undefined;

  function current(): Promise<Switches> {
    if (known !== undefined && performance.now() - known.readAt < CACHED_MS) return known.switches;
    const entry = { readAt: performance.now(), switches: readSwitches(database) };
    known = entry;
    entry.switches.catch(() => {
      if (known === entry) known = undefined;
    });
    return entry.switches;
  }

  return {
    intakePaused: async () => (await current()).intake.paused,
    async switchedOn(providers) {
      const { providers: switches } = await current();
      return providers.filter((name) => switches.find((one) => one.name === name)?.enabled ?? true);
    },
  };
}
