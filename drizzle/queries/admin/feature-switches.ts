import { PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';

interface Switch {
  readonly changedAt: Date | null;
}

/** The feature switches of admins. */
export interface Switches {
  readonly newGenerations: Switch & { readonly paused: boolean };
  readonly providers: readonly (Switch & { readonly name: ProviderName; readonly enabled: boolean })[];
}

/** A switch as stored; without a name, that of new generations. */
export interface SwitchRow extends Switch {
  readonly name: ProviderName | null;
  readonly on: boolean;
}

/** Selects all switches that were ever set. */
export const SWITCHES = `SELECT NULL AS name, NOT paused AS on, changed_at AS "changedAt" FROM new_generations
     UNION ALL SELECT provider, enabled, changed_at FROM provider_switches`;

/** Reads all switches in one statement. */
export async function readSwitches(database: Database): Promise<Switches> {
  return switchesIn(await database.call<SwitchRow & { changedAt: Date }>('switches.read', SWITCHES, []));
}

/** A switch that was never set is on. */
export function switchesIn(rows: readonly SwitchRow[]): Switches {
  const newGenerations = rows.find(({ name }) => name === null);
  return {
    newGenerations: { paused: newGenerations?.on === false, changedAt: newGenerations?.changedAt ?? null },
    providers: PROVIDERS.map((name) => {
      const found = rows.find((row) => row.name === name);
      return { name, enabled: found?.on ?? true, changedAt: found?.changedAt ?? null };
    }),
  };
}

/** Pauses or resumes new generations. @param by the admin's account */
export async function setNewGenerations(
  database: Database,
  { paused, by }: { readonly paused: boolean; readonly by: string },
): Promise<void> {
  await database.call(
    'switches.setNewGenerations',
    `INSERT INTO new_generations (paused, changed_by) VALUES ($1, $2)
     ON CONFLICT ("only") DO UPDATE SET paused = excluded.paused, changed_by = excluded.changed_by, changed_at = now()`,
    [paused, by],
  );
}

/** Switches a provider on or off. @param by the admin's account */
export async function setProvider(
  database: Database,
  { name, enabled, by }: { readonly name: ProviderName; readonly enabled: boolean; readonly by: string },
): Promise<void> {
  await database.call(
    'switches.setProvider',
    `INSERT INTO provider_switches (provider, enabled, changed_by) VALUES ($1, $2, $3)
     ON CONFLICT (provider) DO UPDATE SET enabled = excluded.enabled, changed_by = excluded.changed_by, changed_at = now()`,
    [name, enabled, by],
  );
}
