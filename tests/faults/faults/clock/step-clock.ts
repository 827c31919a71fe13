import { readFile, writeFile } from 'node:fs/promises';
import { withClient } from '#stack/postgres/databases.ts';
import { postgresClockFile } from '../../studio/postgres-clock.ts';
import { clockFile } from '../../studio/programs.ts';
import { chosen, type InjectFault } from '../fault.ts';

const MINUTE_MS = 60_000;
/** Below and above what the reconciler tolerates between its clock and the database's. */
const SHIFTS_MS = [-10 * MINUTE_MS, -30_000, 30_000, 3 * MINUTE_MS, 26 * 60 * MINUTE_MS] as const;
/** What NTP corrects, and what it steps: a database that jumps by days has no ledger to speak of. */
const POSTGRES_SHIFTS_MS = [-3 * MINUTE_MS, -30_000, 30_000, 3 * MINUTE_MS] as const;

/** Steps the clock of a program, and back. @returns how often it read the shifted time */
export function stepClock(target: 'worker' | 'api'): InjectFault {
  return async ({ studio, fault, last }) => {
    const { part } = target === 'api' ? studio.api : chosen(fault, studio.workers);
    const file = clockFile(studio.stack, part.name);
    const reads = async () => Number(await readFile(`${file}.reads`, 'utf8').catch(() => '0'));
    const before = await reads();
    await writeFile(file, String(chosen({ choice: (fault.choice * 7) % 1 }, SHIFTS_MS)));
    await last();
    await writeFile(file, '0');
    const after = await reads();
    // A program that was restarted meanwhile counts anew.
    return after >= before ? after - before : after;
  };
}

/** Steps Postgres' clock, and back. @returns 1 if the server had the shifted time */
export const stepPostgresClock: InjectFault = async ({ studio, fault, last }) => {
  const file = postgresClockFile(studio.stack.dataDir);
  const shiftMs = chosen({ choice: (fault.choice * 7) % 1 }, POSTGRES_SHIFTS_MS);
  await writeFile(file, `${shiftMs < 0 ? '' : '+'}${shiftMs / 1_000}`);
  await last();
  const skewMs = await withClient(studio.stack.ownerUrl, async (client) => {
    const { rows } = await client.query<{ ms: number }>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    );
    return (rows[0]?.ms ?? 0) - Date.now();
  }).catch(() => 0);
  await writeFile(file, '+0');
  return Math.abs(skewMs - shiftMs) < MINUTE_MS / 4 ? 1 : 0;
};
