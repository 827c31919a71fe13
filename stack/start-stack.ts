import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '#process/cache-folder.ts';
import { readStackEnv, type StackEnv } from './env.ts';
import { claim, claimHolder } from './file-lock.ts';
import { createPortChooser } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { planStorage, startStorage } from './start-storage.ts';
import { planTemporal, startTemporal } from './start-temporal.ts';
import type { Stack } from './stack.ts';
import type { StackContext } from './stack-context.ts';
import { startDatabase } from './start-database.ts';
import { createSupervisor, StoppingError, type Supervisor } from './supervisor.ts';

export interface StartStackOptions {
  /** Folder for all data, keys and logs; created if missing. */
  readonly dataDir: string;
  /** Defines which parts are external and which ports are preferred. Composition roots pass process.env. */
  readonly env: NodeJS.ProcessEnv;
  /** Shows what is happening; silent when missing. */
  readonly progress?: Progress;
  /** false for tests only: a crash of the machine may corrupt the database. */
  readonly durable?: boolean;
  /** false: without the Temporal UI. */
  readonly temporalUi?: boolean;
  /** Aborting it stops a start in progress, which then fails with a StoppingError. */
  readonly signal?: AbortSignal;
}

/** Another launcher uses the same data folder. */
class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

const SILENT = createProgress({ write: () => undefined });

/**
 * Starts the parts that are not configured elsewhere: Postgres, Temporal with its UI, the GCS emulator. A part starts once the parts that
 * it depends on are healthy; independent parts start concurrently.
 *
 * @throws AlreadyRunningError; or the first failure, after everything has been stopped.
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const settings = readStackEnv(options.env);
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const release = await claimDataDir(dataDir);
  const supervisor = createSupervisor(dataDir);
  const onAbort = (): void => void supervisor.stopAll();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const starting: Promise<unknown>[] = [];
  try {
    options.signal?.throwIfAborted();
    return await startParts(options, { dataDir, settings, supervisor, release, starting });
  } catch (error) {
    const wasStopping = supervisor.stopping.aborted;
    await supervisor.stopAll();
    // When one part fails, the starts of the others must not continue to use the data folder.
    await Promise.allSettled(starting);
    await release();
    throw wasStopping ? new StoppingError('the start was stopped') : error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

interface Prepared {
  readonly dataDir: string;
  readonly settings: StackEnv;
  readonly supervisor: Supervisor;
  release(): Promise<void>;
  /** Receives the concurrent starts. */
  readonly starting: Promise<unknown>[];
}

async function startParts(options: StartStackOptions, prepared: Prepared): Promise<Stack> {
  const progress = options.progress ?? SILENT;
  const { supervisor, settings, dataDir } = prepared;
  const context: StackContext = {
    dataDir,
    settings,
    supervisor,
    progress,
    env: options.env,
    cacheRoot: cacheRoot(options.env),
    ports: createPortChooser(progress.say),
    durable: options.durable ?? true,
    temporalUi: options.temporalUi ?? true,
  };
  const ended = await supervisor.endLeftovers();
  if (ended.length > 0) progress.say(`Stopped processes left over from an earlier start: ${ended.join(', ')}`);

  // Everything is located or built before anything is started, so that missing programs are reported at once.
  const storagePlan = await planStorage(context);
  const temporalPlan = await planTemporal(context);

  const storageStarts = startStorage(context, storagePlan);
  const databaseStarts = startDatabase(context, temporalPlan.needsPostgres);
  const temporalStarts = databaseStarts.then(({ embedded }) => startTemporal(context, temporalPlan, embedded));
  prepared.starting.push(storageStarts, temporalStarts);
  const [storage, database, temporal] = await Promise.all([storageStarts, databaseStarts, temporalStarts]);

  return {
    ...database.urls,
    ...temporal.addresses,
    storage: storage.settings,
    supervisor,
    ...(database.embedded === undefined ? {} : { postgres: database.embedded }),
    ...(temporal.server === undefined ? {} : { temporal: temporal.server }),
    ...(temporal.ui === undefined ? {} : { temporalUi: temporal.ui }),
    ...(storage.emulator === undefined ? {} : { gcs: storage.emulator }),
    async stop() {
      supervisor.beginStopping();
      await Promise.all([temporal.ui?.stop(), storage.emulator?.stop(), temporal.server?.stop()]);
      await database.embedded?.stop();
      await supervisor.stopAll();
      await prepared.release();
    },
  };
}

/** Allows one launcher at a time per data folder. */
async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'launcher.lock');
  if (!(await claim(path))) {
    const holder = await claimHolder(path);
    throw new AlreadyRunningError(
      `Avatar Studio is already running on ${dataDir} (process ${holder?.pid ?? 'unknown'}). Stop it first, or clone the project elsewhere.`,
    );
  }
  return () => rm(path, { force: true });
}
