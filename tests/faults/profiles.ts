import { FAKE_PROVIDERS, type FakeProviderName } from './providers/fake-providers.ts';
import type { OperationWeights } from './load/load.ts';
import { ALL_FAULT_KINDS, type FaultKind, type Link } from './schedule/fault-kinds.ts';

/** What a run does, besides its seed and its duration. */
export interface FaultProfile {
  readonly kinds: readonly FaultKind[];
  /** Between the beginnings of two faults, ms, from and to. */
  readonly gapMs: readonly [number, number];
  /** Of faults of the network; all by default. */
  readonly links?: readonly Link[];
  /** Instead of the kinds' own durations, ms, from and to. */
  readonly lastsMs?: readonly [number, number];
  /** What faults act on, and how strong they are, instead of random choices. */
  readonly choice?: number;
  readonly users: number;
  /** Between two operations of one user, ms. */
  readonly pauseMs: number;
  readonly maxUnfinished: number;
  readonly weights?: OperationWeights;
  /** Share of the requests that are never sent again. */
  readonly abandoned?: number;
  /** Share of the providers' calls and jobs that fail. */
  readonly providerFaults: number;
  /** Hugging Face can't be asked what it did. */
  readonly providers: readonly FakeProviderName[];
  readonly generationTimeoutMs: number;
  readonly deadlineMs: number;
  /** Images generated at once by one worker; as many as usual by default. */
  readonly generateSlots?: number;
  /** How often the reconciler runs while there are faults; each half a minute by default, as always. */
  readonly reconcileEveryMs?: number;
  /** For everything to become final after the last fault. */
  readonly quiesceMs: number;
  /** The load ends with this many accepted generations; by time alone when undefined. */
  readonly generations?: number;
}

/** The faults and the load that reach one seeded bug soon. */
export interface DirectedRun extends Partial<FaultProfile> {
  readonly loadMs?: number;
}

const MINUTE_MS = 60_000;

/** `slice`: in `npm test`. `faults`: all kinds. `bugs`: short, each bug adds the faults that reach it. `restarts`: Postgres is killed every few seconds below 5,000 generations. */
export const FAULT_PROFILES = {
  slice: {
    kinds: ['kill_worker', 'kill_postgres', 'pause_worker', 'locked_rows', 'cut', 'reset_after_request', 'half_open'],
    gapMs: [700, 1_600],
    users: 4,
    pauseMs: 250,
    maxUnfinished: 12,
    providerFaults: 0.1,
    providers: FAKE_PROVIDERS,
    generationTimeoutMs: 4_000,
    deadlineMs: 20_000,
    quiesceMs: 3 * MINUTE_MS,
  },
  faults: {
    kinds: ALL_FAULT_KINDS,
    gapMs: [1_500, 5_000],
    users: 10,
    pauseMs: 1_000,
    maxUnfinished: 40,
    providerFaults: 0.2,
    providers: FAKE_PROVIDERS,
    generationTimeoutMs: 10_000,
    deadlineMs: 90_000,
    quiesceMs: 5 * MINUTE_MS,
  },
  bugs: {
    kinds: [],
    gapMs: [1_000, 2_500],
    users: 8,
    pauseMs: 400,
    maxUnfinished: 40,
    providerFaults: 0.2,
    // Hugging Face can't be asked what it did.
    providers: ['replicate', 'fal'],
    generationTimeoutMs: 5_000,
    deadlineMs: 30_000,
    quiesceMs: 3 * MINUTE_MS,
  },
  restarts: {
    kinds: ['kill_postgres'],
    gapMs: [5_000, 10_000],
    // As soon as possible: most of the time is work.
    lastsMs: [100, 500],
    users: 24,
    pauseMs: 300,
    maxUnfinished: 200,
    providerFaults: 0.2,
    providers: FAKE_PROVIDERS,
    generationTimeoutMs: 10_000,
    deadlineMs: 90_000,
    // Slow providers and outages fill slots: the machine could do more.
    generateSlots: 64,
    // Temporal comes back seconds after Postgres, so many requests are accepted without it.
    reconcileEveryMs: 2_000,
    quiesceMs: 5 * MINUTE_MS,
    generations: 5_000,
  },
} as const satisfies Record<string, FaultProfile>;

export type FaultProfileName = keyof typeof FAULT_PROFILES;
