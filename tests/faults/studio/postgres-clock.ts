import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Supervisor } from '#stack/supervisor.ts';

/** Debian's package libfaketime; absent elsewhere. */
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (platform) => `/usr/lib/${platform}/faketime/libfaketime.so.1`,
);
const LIBRARY = LIBRARIES.find((path) => existsSync(path));

/** Whether Postgres' clock can be shifted on this machine. */
export const CAN_SHIFT_POSTGRES = LIBRARY !== undefined;

/** Where Postgres reads by how much its clock is shifted, such as `+90`, seconds. */
export function postgresClockFile(dataDir: string): string {
  return join(dataDir, 'postgres-clock');
}

/** Starts Postgres with a clock that a fault can shift: its timers and its monotonic clock are the machine's. */
export function preloadClock(supervisor: Supervisor, dataDir: string): Supervisor {
  if (LIBRARY === undefined) return supervisor;
  const file = postgresClockFile(dataDir);
  writeFileSync(file, '+0');
  const preloaded = {
    LD_PRELOAD: LIBRARY,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return {
    ...supervisor,
    start: (spec) =>
      supervisor.start(spec.name === 'postgres' ? { ...spec, env: { ...spec.env, ...preloaded } } : spec),
  };
}
