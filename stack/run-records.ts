import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** The signal that stops a recorded process before it is killed. */
export type StopSignal = 'SIGTERM' | 'SIGINT';

interface RunRecord extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: StopSignal;
}

/** Time for a leftover process to shut down (Postgres writes a checkpoint) before SIGKILL. */
const LEFTOVER_STOP_TIMEOUT_MS = 10_000;
/** After SIGKILL only the kernel's cleanup remains. */
const KILL_TIMEOUT_MS = 5_000;

/**
 * Records of the processes of one data folder, one JSON file each. The next start reads them, in case this launcher is killed. A record
 * contains the start time, so that an unrelated process with a reused pid is never signaled.
 */
export interface RunRecords {
  add(name: string, pid: number, stopSignal: StopSignal): Promise<void>;
  remove(name: string): Promise<void>;
  /** Stops recorded processes that are still running and removes all records. @returns the names of the stopped ones */
  endLeftovers(): Promise<string[]>;
}

/** @param directory folder of the records, created if missing. */
export function createRunRecords(directory: string): RunRecords {
  const pathOf = (name: string): string => join(directory, `${name}.json`);

  return {
    async add(name, pid, stopSignal) {
      const identity = await identify(pid);
      if (identity === undefined) return;
      await mkdir(directory, { recursive: true });
      await writeFile(pathOf(name), JSON.stringify({ ...identity, name, stopSignal } satisfies RunRecord));
    },
    async remove(name) {
      await rm(pathOf(name), { force: true });
    },
    async endLeftovers() {
      const files = (await readdir(directory).catch(() => [])).filter((file) => file.endsWith('.json'));
      const ended = await Promise.all(
        files.map(async (file) => {
          const record = await readRecord(join(directory, file));
          const wasRunning = record !== undefined && (await end(record));
          await rm(join(directory, file), { force: true });
          return wasRunning ? [record.name] : [];
        }),
      );
      return ended.flat();
    },
  };
}

async function readRecord(path: string): Promise<RunRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as RunRecord;
    // A record cut short by the kill, or pid 0 and 1 (ourselves, init), must never lead to a signal.
    return Number.isInteger(record.pid) && record.pid > 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Stops one recorded process. @returns whether it was running */
async function end(record: RunRecord): Promise<boolean> {
  if (!(await isRunning(record))) return false;
  signalQuietly(record.pid, record.stopSignal);
  if (!(await hasEnded(record, LEFTOVER_STOP_TIMEOUT_MS))) {
    signalQuietly(record.pid, 'SIGKILL');
    await hasEnded(record, KILL_TIMEOUT_MS);
  }
  return true;
}

/** Waits until the process has ended. @returns false when it is still running after `timeoutMs` */
export async function hasEnded(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (await isRunning(identity)) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal to a process or (negative) a group; a target that has ended is not an error. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
