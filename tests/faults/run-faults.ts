import { setTimeout as sleep } from 'node:timers/promises';
import { waitForPages } from './checks/answers.ts';
import { summarizeBill, type BillSummary } from './checks/bill.ts';
import type { Finding } from './checks/check.ts';
import { runChecks } from './checks/run-checks.ts';
import { runPlan, type EffectsByKind } from './faults/run-plan.ts';
import { startLoad, type Load } from './load/load.ts';
import { FAULT_PROFILES, type DirectedRun, type FaultProfile, type FaultProfileName } from './profiles.ts';
import { quiesce, sweepLeftovers } from './quiesce.ts';
import type { FaultKind } from './schedule/fault-kinds.ts';
import { planFaults } from './schedule/plan-faults.ts';
import { CAN_SHIFT_POSTGRES } from './studio/postgres-clock.ts';
import { openFaultStudio, type FaultStudio } from './studio/fault-studio.ts';

export interface FaultRunOptions {
  readonly seed: number;
  readonly profile: FaultProfileName;
  /** Of the load, ms. */
  readonly durationMs: number;
  /** A copy of the tree with a seeded bug; this tree by default. */
  readonly tree?: string;
  /** What differs from the profile. */
  readonly directed?: DirectedRun;
}

/** What a run did and found. */
export interface FaultRun {
  readonly seed: number;
  readonly profile: FaultProfileName;
  readonly loadMs: number;
  readonly totalMs: number;
  readonly effects: EffectsByKind;
  /** By `provider:call:fault`. */
  readonly providerFaults: Readonly<Record<string, number>>;
  /** Generations by final status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly accepted: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly bill: BillSummary;
  readonly findings: readonly Finding[];
}

const POLL_EVERY_MS = 500;

/** Opens a studio, disturbs it under load, heals it, waits until all is final, restarts it and checks every promise. */
export async function runFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { seed, profile: name, durationMs, tree, directed } = options;
  const startedAt = performance.now();
  const profile: FaultProfile = { ...FAULT_PROFILES[name], ...directed };
  const studio = await openFaultStudio({ ...profile, seed, ...(tree !== undefined && { tree }) });
  try {
    const load = await startLoad(studio, { ...profile, seed });
    const { effects, loadMs } = await disturb(studio, load, profile, { seed, durationMs });
    const unfinished = await quiesce(studio, profile.quiesceMs);
    const unseen = await waitForPages({ studio, load });
    await Promise.all([studio.api, ...studio.workers].map((program) => program.release()));
    const isFinal = Object.keys(unfinished).length === 0;
    const leftOver = isFinal ? await sweepLeftovers(studio, profile.quiesceMs) : {};
    const findings = await runChecks({ studio, load, remaining: { ...unfinished, ...leftOver }, unseen });
    const bill = await summarizeBill({ studio, load });
    const statuses = await countStatuses(studio);
    await load.close();
    const { accepted, answers } = load.journal;
    return {
      seed,
      profile: name,
      loadMs,
      totalMs: performance.now() - startedAt,
      effects,
      providerFaults: providerFaultsOf(studio),
      statuses,
      accepted: accepted.size,
      answers: Object.fromEntries(answers),
      bill,
      findings,
    };
  } finally {
    await studio.close();
  }
}

/** Load and faults at once, until the time is over or enough was accepted. */
async function disturb(
  studio: FaultStudio,
  load: Load,
  { kinds, generations = Number.POSITIVE_INFINITY, reconcileEveryMs, ...schedule }: FaultProfile,
  { seed, durationMs }: { readonly seed: number; readonly durationMs: number },
): Promise<{ effects: EffectsByKind; loadMs: number }> {
  const startedAt = performance.now();
  const over = new AbortController();
  const reconciling =
    reconcileEveryMs === undefined ? undefined : setInterval(() => void studio.reconcile(), reconcileEveryMs);
  const injecting = runPlan(studio, planFaults({ ...schedule, seed, durationMs, kinds: possible(kinds) }), over.signal);
  while (performance.now() - startedAt < durationMs && load.journal.accepted.size < generations) {
    await sleep(POLL_EVERY_MS);
  }
  clearInterval(reconciling);
  over.abort();
  const [effects] = await Promise.all([injecting, load.stop()]);
  return { effects, loadMs: performance.now() - startedAt };
}

/** Kinds that this machine has the means for. */
function possible(kinds: readonly FaultKind[]): readonly FaultKind[] {
  return kinds.filter((kind) => kind !== 'clock_postgres' || CAN_SHIFT_POSTGRES);
}

async function countStatuses({ database }: FaultStudio): Promise<Record<string, number>> {
  const rows = await database.call<{ status: string; n: number }>(
    'faults.statuses',
    'SELECT status, count(*)::int AS n FROM avatar_generations GROUP BY status ORDER BY status',
    [],
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

function providerFaultsOf({ providers }: FaultStudio): Record<string, number> {
  return Object.fromEntries(
    Object.entries(providers.faults).flatMap(([provider, faults]) =>
      Object.entries(faults.counts()).map(([fault, count]) => [`${provider}:${fault}`, count]),
    ),
  );
}
