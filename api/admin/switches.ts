import type { Switches } from '../../contract/admin.ts';
import type { ProviderName } from '../../domain/provider.ts';
import type { Database } from '../../drizzle/database.ts';
import {
  readSwitches as readRows,
  setIntake as writeIntake,
  setProvider as writeProvider,
} from '../../drizzle/queries/switches.ts';
import type { Handler } from '../handler.ts';

export interface SwitchesDeps {
  readonly database: Database;
  /** Painters that are configured. */
  readonly providers: readonly ProviderName[];
}

export function readSwitches(deps: SwitchesDeps): Handler<'readSwitches'> {
  return async () => ({ status: 200, body: await present(deps) });
}

export function setIntake(deps: SwitchesDeps): Handler<'setIntake'> {
  return async ({ body: { paused }, caller }) => {
    await writeIntake(deps.database, { paused, by: caller.accountId });
    return { status: 200, body: await present(deps) };
  };
}

export function setProvider(deps: SwitchesDeps): Handler<'setProvider'> {
  return async ({ params: { name }, body: { enabled }, caller }) => {
    await writeProvider(deps.database, { name, enabled, by: caller.accountId });
    return { status: 200, body: await present(deps) };
  };
}

async function present({ database, providers: configured }: SwitchesDeps): Promise<Switches> {
  const { intake, providers } = await readRows(database);
  return {
    intake: { paused: intake.paused, changedAt: intake.changedAt?.toISOString() ?? null },
    providers: providers.map(({ name, enabled, changedAt }) => ({
      name,
      enabled,
      configured: configured.includes(name),
      changedAt: changedAt?.toISOString() ?? null,
    })),
  };
}
