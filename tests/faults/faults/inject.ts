import type { FaultKind } from '../schedule/fault-kinds.ts';
import { stepClock, stepPostgresClock } from './clock/step-clock.ts';
import { lockRows, readOnly, slowStatements } from './database.ts';
import { fillBucketDisk, fillPostgresDisk } from './disk-full.ts';
import type { InjectFault } from './fault.ts';
import { disturb } from './network.ts';
import { kill, pause } from './processes.ts';

/** How each kind of fault is injected and healed. */
export const INJECT: Readonly<Record<FaultKind, InjectFault>> = {
  kill_worker: kill('worker'),
  kill_api: kill('api'),
  kill_postgres: kill('postgres'),
  kill_temporal: kill('temporal'),
  kill_bucket: kill('bucket'),
  pause_worker: pause('worker'),
  pause_api: pause('api'),
  pause_postgres: pause('postgres'),
  pause_temporal: pause('temporal'),
  pause_bucket: pause('bucket'),
  locked_rows: lockRows,
  slow_statements: slowStatements,
  read_only: readOnly,
  disk_full_postgres: fillPostgresDisk,
  disk_full_bucket: fillBucketDisk,
  clock_worker: stepClock('worker'),
  clock_api: stepClock('api'),
  clock_postgres: stepPostgresClock,
  latency: disturb('latency'),
  cut: disturb('cut'),
  reset_after_request: disturb('reset_after_request'),
  half_open: disturb('half_open'),
  bandwidth: disturb('bandwidth'),
};
