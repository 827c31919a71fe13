import type { Switches } from '#contract/switches.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type CircuitRows, readCircuits } from '#drizzle/queries/providers/provider-circuits.ts';
import { readSpending } from '#drizzle/queries/providers/provider-spending.ts';
import {
  readSwitches as readRows,
  setNewGenerations as writeNewGenerations,
  setProvider as writeProvider,
} from '#drizzle/queries/admin/feature-switches.ts';
import type { Handler } from '../handler.ts';

export interface SwitchesDeps {
  readonly database: Database;
  /** Providers that are configured. */
  readonly providers: readonly ProviderName[];
}

export function readSwitches(deps: SwitchesDeps): Handler<'readSwitches'> {
  return async () => ({ status: 200, body: await present(deps) });
}

export function setNewGenerations(deps: SwitchesDeps): Handler<'setNewGenerations'> {
  return async ({ body: { paused }, caller }) => {
    await writeNewGenerations(deps.database, { paused, by: caller.accountId });
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
  const [{ newGenerations, providers }, circuits, spending] = await Promise.all([
    readRows(database),
    readCircuits(database),
    readSpending(database),
  ]);
  return {
    newGenerations: { paused: newGenerations.paused, changedAt: newGenerations.changedAt?.toISOString() ?? null },
    providers: providers.map(({ name, enabled, changedAt }) => ({
      name,
      enabled,
      configured: configured.includes(name),
      changedAt: changedAt?.toISOString() ?? null,
      circuit: circuitOf(name, circuits),
      spentTodayUsd: spending[name] ?? 0,
    })),
  };
}

function circuitOf(name: ProviderName, { rows, nowMs }: CircuitRows): Switches['providers'][number]['circuit'] {
  const ownRows = rows.filter(({ provider }) => provider === name);
  const providerCircuit = ownRows.find(({ model }) => model === null);
  const untilMs = providerCircuit?.circuit.openUntilMs ?? null;
  const isOpen = ({ circuit: { openUntilMs } }: (typeof rows)[number]) => openUntilMs !== null && openUntilMs > nowMs;
  const stateWhenNotOpen = untilMs === null ? 'closed' : 'half_open';
  return {
    state: untilMs !== null && untilMs > nowMs ? 'open' : stateWhenNotOpen,
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
    openModels: ownRows.filter(isOpen).flatMap(({ model }) => (model === null ? [] : [modelLabel(name, model)])),
    lastFailure: providerCircuit?.lastFailure ?? null,
    checkedAt: providerCircuit?.checkedAt?.toISOString() ?? null,
    checkFailure: providerCircuit?.checkFailure ?? null,
  };
}
