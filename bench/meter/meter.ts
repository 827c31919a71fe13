import { setTimeout as sleep } from 'node:timers/promises';
import { countRequests } from '#tests/support/count-requests.ts';
import { countActions } from '#tests/support/action-counter.ts';
import { LOOPBACK } from '#stack/ports.ts';
import type { Round } from '../rounds/round.ts';
import { cpuSecondsOf, cpuSecondsOfTree } from './cpu-time.ts';
import { difference, dividedBy } from './difference.ts';
import { readPostgresUse, type PostgresUse } from './statement-statistics.ts';

/** `bench` is the caller, and in the loops also what the loop does; `postgres` includes all its backends. */
export const PROCESS_NAMES = ['bench', 'worker', 'api', 'temporal', 'postgres', 'gcs'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** CPU seconds by process; several workers are added up. */
export type CpuSeconds = Readonly<Record<ProcessName, number>>;

/** Everything that was used, in total or for each avatar. */
export interface Usage extends PostgresUse {
  readonly cpuSeconds: CpuSeconds;
  readonly bucketCalls: number;
  /** Billed Temporal actions, by type. */
  readonly actions: Readonly<Record<string, number>>;
}

export interface MeteredRound {
  readonly round: Round;
  /** For each avatar. */
  readonly each: Usage;
  /** Cores in use before the round, when nothing was requested. */
  readonly atRest: CpuSeconds;
}

export interface CpuRound {
  readonly round: Round;
  /** Of each avatar. */
  readonly cpuSeconds: CpuSeconds;
}

/** A process under measurement. */
interface MeteredProcess {
  readonly name: ProcessName;
  readonly pid: number;
  /** Where request-counter.ts answers in it. */
  readonly counterPort?: number;
}

export interface MeterSources {
  readonly databaseOwnerUrl: string;
  readonly databases: readonly string[];
  readonly gcsEndpoint: string;
  readonly temporalMetricsUrl: string;
  readonly namespace: string;
}

export interface Meter {
  /** Measures the process from now on. @returns a function that ends it */
  add(process: MeteredProcess): () => void;
  /** Runs a round and measures what it uses. Takes 27 s longer than the round. */
  measure(run: () => Promise<Round>): Promise<MeteredRound>;
  /** Measures its CPU only, which takes a second longer than the round. */
  measureCpu(run: () => Promise<Round>): Promise<CpuRound>;
}

/** An idle Postgres session reports its counters after ten seconds. */
const REPORTED_AFTER_MS = 11_000;
/** The last workflows close, and their staged images are removed, after their avatars were delivered. */
const TRAILING_WORK_MS = 1_000;

export function createMeter(sources: MeterSources): Meter {
  const { databaseOwnerUrl, databases, gcsEndpoint, temporalMetricsUrl, namespace } = sources;
  const processes = new Set<MeteredProcess>([{ name: 'bench', pid: process.pid }]);
  const ownBucketCalls = countRequests(gcsEndpoint);

  async function readCpu(): Promise<CpuSeconds> {
    const seconds = Object.fromEntries(PROCESS_NAMES.map((name) => [name, 0])) as Record<ProcessName, number>;
    for (const { name, pid } of processes) {
      seconds[name] += await (name === 'postgres' ? cpuSecondsOfTree(pid) : cpuSecondsOf(pid));
    }
    return seconds;
  }

  async function readBucketCalls(): Promise<number> {
    const ports = [...processes].flatMap(({ counterPort }) => counterPort ?? []);
    const counts = ports.map(async (port) => Number(await (await fetch(`http://${LOOPBACK}:${port}`)).text()));
    return (await Promise.all(counts)).reduce((total, count) => total + count, ownBucketCalls());
  }

  /** Waits until all counters include what has happened. */
  async function readCounters(): Promise<Omit<Usage, 'cpuSeconds'>> {
    await sleep(REPORTED_AFTER_MS);
    const actions = Object.fromEntries(await countActions(temporalMetricsUrl, namespace));
    return { ...(await readPostgresUse(databaseOwnerUrl, databases)), actions, bucketCalls: await readBucketCalls() };
  }

  async function measureCpu(run: () => Promise<Round>): Promise<CpuRound> {
    const before = await readCpu();
    const round = await run();
    await sleep(TRAILING_WORK_MS);
    return { round, cpuSeconds: dividedBy(difference(await readCpu(), before), round.latenciesMs.length) };
  }

  return {
    measureCpu,
    add(metered) {
      processes.add(metered);
      return () => void processes.delete(metered);
    },
    async measure(run) {
      const restingFrom = performance.now();
      const cpuResting = await readCpu();
      const before = await readCounters();
      const atRest = difference(await readCpu(), cpuResting);
      const restedSeconds = (performance.now() - restingFrom) / 1_000;
      const { round, cpuSeconds } = await measureCpu(run);
      const counted = dividedBy(difference(await readCounters(), before), round.latenciesMs.length);
      return { round, each: { ...counted, cpuSeconds }, atRest: dividedBy(atRest, restedSeconds) };
    },
  };
}
