import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

export interface FileLockOptions {
  readonly path: string;
  /** How long to wait for another holder. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once when another process holds the lock. */
  waiting(): void;
}

/** Builds take minutes, so an extra second does not matter. */
const POLL_INTERVAL_MS = 1_000;
const REMOVAL_POLL_INTERVAL_MS = 5;

/**
 * Runs `work` while no other process of this user holds the lock. The lock of a process that has ended is acquired.
 *
 * @throws Error when the holder does not release it in time; the abort reason when aborted.
 */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  let hasReported = false;
  while (!(await claim(options.path))) {
    options.signal.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`another process has held ${options.path} for too long`);
    if (!hasReported) options.waiting();
    hasReported = true;
    await sleep(POLL_INTERVAL_MS, undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    await rm(options.path, { force: true });
  }
}

/** The running process that holds the lock at `path`, if any. */
export async function claimHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
    return (await isRunning(holder)) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the identity of this process to `path`. @returns false when another running process holds the lock */
export async function claim(path: string): Promise<boolean> {
  const ownFile = `${path}.${process.pid}-${randomUUID()}`;
  await writeFile(ownFile, JSON.stringify(await identify(process.pid)));
  try {
    // A link is created atomically, so that an incomplete file is never read.
    while (!(await linkTo(ownFile, path))) {
      if ((await claimHolder(path)) !== undefined) return false;
      await removeStaleLock(path, ownFile);
    }
    return true;
  } finally {
    await rm(ownFile, { force: true });
  }
}

/**
 * Removes the lock of a process that has ended. One process at a time may, under a lock of its own: between the check and the removal,
 * another could remove the same lock and a third acquire it, whose lock would be removed instead.
 */
async function removeStaleLock(path: string, ownFile: string): Promise<void> {
  const removal = `${path}.removal`;
  if (!(await linkTo(ownFile, removal))) {
    // A process that ended in the middle of these few milliseconds.
    if (await isStale(removal)) await rm(removal, { force: true });
    await sleep(REMOVAL_POLL_INTERVAL_MS);
    return;
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(removal, { force: true });
  }
}

/** Whether there is a lock and its process has ended. */
async function isStale(path: string): Promise<boolean> {
  try {
    return !(await isRunning(JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity));
  } catch (error) {
    // A file that says something else belongs to no running process either.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** @returns false when there is a file at `path` already. */
async function linkTo(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
