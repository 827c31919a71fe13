/** What a fault needs for itself while it lasts: two faults on one target would hide each other. */
type Target = 'worker' | 'api' | 'postgres' | 'temporal' | 'bucket' | 'network';

export interface FaultKindRules {
  readonly target: Target;
  /** How long it lasts, ms, from and to. */
  readonly lastsMs: readonly [number, number];
  /** What must hold in spite of it; a phrase of docs/reliability.md. */
  readonly holds: string;
  /** How it is injected. */
  readonly how: string;
}

const NOTHING_LOST = 'nothing accepted is lost, nothing is charged or bought twice';
const RESUMES = 'work resumes on its own; nothing accepted is lost, nothing is bought twice';

/** Every kind of fault, its target and its promise: the one list of the schedule, the injection and the report. */
export const FAULT_KINDS = {
  kill_worker: { target: 'worker', lastsMs: [200, 1_500], how: 'SIGKILL, restarted', holds: RESUMES },
  kill_api: { target: 'api', lastsMs: [200, 1_500], how: 'SIGKILL, restarted', holds: 'a repeated key has one effect' },
  kill_postgres: { target: 'postgres', lastsMs: [100, 1_500], how: 'SIGKILL of all backends', holds: NOTHING_LOST },
  kill_temporal: { target: 'temporal', lastsMs: [200, 1_500], how: 'SIGKILL, restarted', holds: RESUMES },
  kill_bucket: {
    target: 'bucket',
    lastsMs: [500, 3_000],
    how: 'SIGKILL, restarted',
    holds: 'every image or its credits',
  },
  pause_worker: {
    target: 'worker',
    lastsMs: [2_000, 9_000],
    how: 'SIGSTOP, SIGCONT',
    holds: 'a late run changes nothing',
  },
  pause_api: {
    target: 'api',
    lastsMs: [1_000, 6_000],
    how: 'SIGSTOP, SIGCONT',
    holds: 'a repeated key has one effect',
  },
  pause_postgres: { target: 'postgres', lastsMs: [1_000, 6_000], how: 'SIGSTOP of all backends', holds: NOTHING_LOST },
  pause_temporal: { target: 'temporal', lastsMs: [1_000, 6_000], how: 'SIGSTOP, SIGCONT', holds: RESUMES },
  pause_bucket: {
    target: 'bucket',
    lastsMs: [2_000, 8_000],
    how: 'SIGSTOP, SIGCONT',
    holds: 'every image or its credits',
  },
  locked_rows: {
    target: 'postgres',
    lastsMs: [2_000, 7_000],
    how: 'LOCK TABLE by another session',
    holds: NOTHING_LOST,
  },
  slow_statements: { target: 'postgres', lastsMs: [2_000, 6_000], how: 'a trigger that sleeps', holds: NOTHING_LOST },
  read_only: { target: 'postgres', lastsMs: [1_500, 5_000], how: 'default_transaction_read_only', holds: NOTHING_LOST },
  disk_full_postgres: { target: 'postgres', lastsMs: [1_000, 4_000], how: 'RLIMIT_FSIZE: PANIC', holds: NOTHING_LOST },
  disk_full_bucket: {
    target: 'bucket',
    lastsMs: [1_500, 6_000],
    how: 'RLIMIT_FSIZE',
    holds: 'every image or its credits',
  },
  clock_worker: { target: 'worker', lastsMs: [2_000, 6_000], how: 'Date steps by minutes', holds: NOTHING_LOST },
  clock_api: { target: 'api', lastsMs: [2_000, 6_000], how: 'Date steps by minutes', holds: NOTHING_LOST },
  clock_postgres: { target: 'postgres', lastsMs: [2_000, 6_000], how: 'libfaketime, minutes', holds: NOTHING_LOST },
  latency: { target: 'network', lastsMs: [1_500, 6_000], how: 'proxy delays each chunk', holds: NOTHING_LOST },
  cut: { target: 'network', lastsMs: [500, 4_000], how: 'proxy resets and refuses', holds: NOTHING_LOST },
  reset_after_request: {
    target: 'network',
    lastsMs: [2_000, 5_000],
    how: 'proxy forwards the request, resets before the reply',
    holds: 'done once, although the caller saw an error',
  },
  half_open: {
    target: 'network',
    lastsMs: [2_000, 8_000],
    how: 'proxy swallows all bytes',
    holds: 'no wait is endless',
  },
  bandwidth: { target: 'network', lastsMs: [2_000, 6_000], how: 'proxy passes 4 to 40 kB/s', holds: NOTHING_LOST },
} as const satisfies Record<string, FaultKindRules>;

export type FaultKind = keyof typeof FAULT_KINDS;
export const ALL_FAULT_KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

/** The connections between the parts; each has a proxy. */
export const LINKS = [
  'client_api',
  'api_postgres',
  'worker_postgres',
  'temporal_postgres',
  'api_temporal',
  'worker_temporal',
  'api_bucket',
  'worker_bucket',
  'worker_providers',
] as const;
export type Link = (typeof LINKS)[number];
