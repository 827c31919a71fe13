import { appendFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findCanaries } from './canaries.ts';

/** Set by the run's setup, which the processes of the tests inherit. */
const FOLDER_VARIABLE = 'TEST_LOGS_FOLDER';
const PREFIX = 'avatar-test-logs-';

/** Logs of all processes under test are kept until the end of the run, in a folder that only we can read. */
export async function openCollectedLogs(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  process.env[FOLDER_VARIABLE] = folder;
  return folder;
}

/** @param name of the process @returns appends to a log that is kept; without a run's setup, does nothing */
export function collectLog(name: string): (text: string) => void {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return () => undefined;
  const file = join(folder, `${name}-${randomUUID()}.log`);
  // At once, because the process may be killed.
  return (text) => appendFileSync(file, text);
}

/** Keeps the logs of a stack's servers before its data folder is removed. */
export async function collectLogsOf(dataDir: string): Promise<void> {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) return;
  const logs = join(dataDir, 'logs');
  await cp(logs, join(folder, basename(dataDir)), { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

/**
 * Removes the folder unless a log contains a secret or personal data.
 * @throws Error that names the logs and what they contain
 */
export async function checkCollectedLogs(folder: string, secrets: readonly string[]): Promise<void> {
  const faults: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const found = findCanaries(await readFile(path, 'latin1'), secrets);
    if (found.length > 0) faults.push(`${path} contains\n  ${found.join('\n  ')}`);
  }
  if (faults.length > 0) throw new Error(`Logs contain what must not be logged:\n${faults.join('\n')}`);
  await rm(folder, { recursive: true, force: true });
}
