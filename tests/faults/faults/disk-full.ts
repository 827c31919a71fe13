import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childrenOf } from '#stack/process-identity.ts';
import type { FaultStudio } from '../studio/fault-studio.ts';
import { until, type InjectFault } from './fault.ts';
import { errorsLogged } from './server-log.ts';

const run = promisify(execFile);

/** No file may grow beyond this, bytes: the write-ahead log and every image included. */
const LIMIT_BYTES = 1_024;
/** Belongs to no avatar; the check for orphans ignores it. */
export const PROBE_OBJECT = 'fault-probe';
const PROBE_EVERY_MS = 300;
const PROBE_TIMEOUT_MS = 1_000;

/** @param bytes `unlimited` removes the limit again */
async function limitFileSize(pids: readonly number[], bytes: number | 'unlimited'): Promise<void> {
  await Promise.all(pids.map((pid) => limitOne(pid, bytes).catch(() => undefined)));
}

/** The soft limit alone: a hard one can't be raised again. As the process' own user, who needs no privileges for it. */
async function limitOne(pid: number, bytes: number | 'unlimited'): Promise<void> {
  const { uid, gid } = await stat(`/proc/${pid}`);
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], process.getuid?.() === 0 ? { uid, gid } : {});
}

/**
 * Postgres can write nothing: not its log either, so it panics, and its next process starts with room.
 * @returns failed writes, and how often the server ended
 */
export const fillPostgresDisk: InjectFault = async ({ studio, last }) => {
  const part = studio.parts.postgres;
  const errors = errorsLogged(studio.stack, /File too large|No space left/u);
  const pid = await part.pid();
  if (pid === undefined) return 0;
  const ends = part.ends();
  const limited = [pid, ...(await childrenOf(pid)).map((child) => child.pid)];
  await limitFileSize(limited, LIMIT_BYTES);
  await last();
  await limitFileSize(limited, 'unlimited');
  await part.running();
  return errors.count() + (part.ends() - ends);
};

/** The bucket can write nothing. @returns how many probing writes failed, and whether the server itself ended */
export const fillBucketDisk: InjectFault = async ({ studio, last }) => {
  const part = studio.parts.bucket;
  const pid = await part.pid();
  if (pid === undefined) return 0;
  const ends = part.ends();
  await limitFileSize([pid], LIMIT_BYTES);
  let failed = 0;
  await until(last(), PROBE_EVERY_MS, async () => {
    if (!(await writesProbe(studio))) failed += 1;
  });
  await limitFileSize([pid], 'unlimited');
  await part.running();
  return failed + (part.ends() - ends);
};

/** Writes an object beyond the limit, and removes it. */
async function writesProbe({ stack }: FaultStudio): Promise<boolean> {
  const { endpoint, bucket } = stack.storage;
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    const { ok } = await fetch(`${endpoint}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${PROBE_OBJECT}`, {
      method: 'POST',
      body: Buffer.alloc(4 * LIMIT_BYTES),
      signal,
    });
    await fetch(`${endpoint}/storage/v1/b/${bucket}/o/${PROBE_OBJECT}`, { method: 'DELETE', signal });
    return ok;
  } catch {
    return false;
  }
}
