import { chmod, lstat, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOurs } from '#process/cache-folder.ts';
import { claimHolder } from '#stack/file-lock.ts';
import { serverEnvironment } from '#stack/inherited-environment.ts';
import { removePostgresFolder } from '#stack/postgres/data-folder.ts';
import { createRunRecords } from '#stack/run-records.ts';
import type { Stack } from '#stack/stack.ts';
import { startStack, type StartStackOptions } from '#stack/start-stack.ts';
import { COMPILE_CACHE } from './compile-cache.ts';
import { collectLogsOf } from './collected-logs.ts';
import type { TestDatabase } from './stack.ts';

const PREFIX = 'avatar-studio-test-';
/**
 * A folder without a launcher may belong to a stack that is just starting, and one whose launcher has died to a test that kills it and
 * starts it again. After this time they are abandoned.
 */
const ABANDONED_AFTER_MS = 10 * 60_000;

/** A stack with its own data folder, on free ports; `stop` removes the data too. */
export interface TemporaryStack extends Stack {
  readonly dataDir: string;
}

/** The environment of test stacks: always the same embedded servers, whatever the developer's shell configures. */
export function testEnvironment(): NodeJS.ProcessEnv {
  const anyPort = { POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', GCS_PORT: '0' };
  // The official server, as in production, and not the development server that a download would bring.
  const built = { STACK_DOWNLOADS: 'off' };
  const cache = process.env['XDG_CACHE_HOME'];
  return serverEnvironment(process.env, {
    ...COMPILE_CACHE,
    ...anyPort,
    ...built,
    ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }),
  });
}

/**
 * Starts a stack in a temporary folder (about 3 s), without the Temporal UI, the guard of the storage and fsync, for suites that crash
 * parts of it. All other tests use the shared stack in `stack.ts`.
 */
export async function startTemporaryStack(options: Partial<StartStackOptions> = {}): Promise<TemporaryStack> {
  const dataDir = await createDataDir();
  const cheap = { durable: false, temporalUi: false, storageGuard: false };
  const stack = await startStack({ dataDir, env: testEnvironment(), ...cheap, ...options });
  return {
    ...stack,
    dataDir,
    async stop() {
      await stack.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** The stack's database, for a test file that has the whole stack. */
export function databaseOf(stack: Stack): Omit<TestDatabase, 'drop'> {
  const { databaseUrl: url, apiDatabaseUrl: apiUrl, workerDatabaseUrl: workerUrl, databaseOwnerUrl: ownerUrl } = stack;
  return { url, apiUrl, workerUrl, ownerUrl };
}

/** Creates an empty data folder that other users may enter: when tests run as root, Postgres runs as another user. */
export async function createDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(dataDir, 0o755);
  return dataDir;
}

/** Ends the processes that still use the folder, and removes it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await createRunRecords(join(dataDir, 'run')).endLeftovers();
  await collectLogsOf(dataDir);
  await removePostgresFolder(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}

/** Ends the servers and removes the data of test runs that were killed before their teardown. */
export async function sweepAbandonedStacks(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((candidate) => candidate.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    const found = await lstat(dataDir).catch(() => undefined);
    // Another user's folder may contain links to our processes and folders.
    if (!(await isOurs(dataDir))) continue;
    const launcher = await stat(join(dataDir, 'launcher.lock')).catch(() => undefined);
    const startedAt = (launcher ?? found)?.mtimeMs ?? 0;
    if (found === undefined || Date.now() - startedAt < ABANDONED_AFTER_MS) continue;
    if (launcher !== undefined && (await claimHolder(join(dataDir, 'launcher.lock'))) !== undefined) continue;
    await removeDataDir(dataDir).catch(() => undefined);
  }
}
