import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '#process/cache-folder.ts';
import { readStackEnv } from './env.ts';
import { claim, claimHolder } from './file-lock.ts';
import { createBuildSlots } from './build-slots.ts';
import { createPortChooser } from './ports.ts';
import type { EmbeddedPostgres } from './postgres/server.ts';
import { createProgress, type Progress } from './progress.ts';
import type { StackPart } from './stack-part.ts';
import { findEmulator, planStorage, startStorage } from './start-storage.ts';
import { planTemporal, startTemporal, startUi, type StartedTemporal } from './start-temporal.ts';
import { createStartupStatus, type StartupStatus } from './startup-status.ts';
import type { Engine, OpenStack, Stack } from './stack.ts';
import type { StackContext } from './stack-context.ts';
import { startDatabase, startEmbeddedPostgres } from './start-database.ts';
import { createSupervisor, StoppingError } from './supervisor.ts';

export interface StartStackOptions {
  /** Folder for all data, keys and logs; created if missing. */
  readonly dataDir: string;
  /** Defines which parts are external and which ports are preferred. Composition roots pass process.env. */
  readonly env: NodeJS.ProcessEnv;
  /** Shows what is happening; silent when missing. */
  readonly progress?: Progress;
  /** Receives the state of each part. */
  readonly status?: StartupStatus;
  /** false for tests only: a crash of the machine may corrupt the database. */
  readonly durable?: boolean;
  /** false: without the Temporal UI. */
  readonly temporalUi?: boolean;
  /** Runs as soon as the database does, while Temporal starts. */
  readonly prepareDatabase?: (ownerUrl: string) => Promise<void>;
  /** Aborting it stops a start in progress, which then fails with a StoppingError. */
  readonly signal?: AbortSignal;
}

/** Another launcher uses the same data folder. */
class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
}

const SILENT = createProgress({ write: () => undefined });

/**
 * Starts everything that is not configured elsewhere: Postgres, Temporal with its UI, the GCS emulator.
 *
 * @throws AlreadyRunningError; or the first failure, after everything has been stopped.
 */
export async function startStack(options: StartStackOptions): Promise<Stack> {
  const { engine, temporalUi, temporalUiUrl: _planned, ports: _used, ...open } = await openStack(options);
  const onAbort = (): void => void open.supervisor.stopAll();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const [parts, ui] = await Promise.all([engine, temporalUi, options.prepareDatabase?.(open.databaseOwnerUrl)]);
    return {
      ...open,
      ...parts,
      ...(ui === undefined ? {} : { temporalUiUrl: ui.url }),
      ...(ui?.part === undefined ? {} : { temporalUi: ui.part }),
    };
  } catch (error) {
    const wasStopping = open.supervisor.stopping.aborted;
    await open.stop();
    throw wasStopping ? new StoppingError('the start was stopped') : error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * Starts the database and chooses all addresses; Temporal and the GCS emulator are prepared meanwhile. The caller must handle a
 * failure of the engine, and stop the stack then.
 *
 * @throws AlreadyRunningError; or the failure of the database, after everything has been stopped.
 */
export async function openStack(options: StartStackOptions): Promise<OpenStack> {
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
    return await openParts(options, { dataDir, settings, supervisor, release, starting });
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

interface Prepared extends Pick<StackContext, 'dataDir' | 'settings' | 'supervisor'> {
  release(): Promise<void>;
  /** Receives the concurrent starts. */
  readonly starting: Promise<unknown>[];
}

function contextOf(
  options: StartStackOptions,
  { dataDir, settings, supervisor }: Pick<StackContext, 'dataDir' | 'settings' | 'supervisor'>,
): StackContext {
  const progress = options.progress ?? SILENT;
  return {
    dataDir,
    settings,
    supervisor,
    progress,
    status: options.status ?? createStartupStatus(undefined),
    builds: createBuildSlots(),
    env: options.env,
    cacheRoot: cacheRoot(options.env),
    ports: createPortChooser(progress.say),
    durable: options.durable ?? true,
    temporalUi: options.temporalUi ?? true,
  };
}

async function openParts(options: StartStackOptions, prepared: Prepared): Promise<OpenStack> {
  const { supervisor, starting } = prepared;
  const context = contextOf(options, prepared);
  const ended = await supervisor.endLeftovers();
  if (ended.length > 0) context.progress.say(`Stopped processes left over from an earlier start: ${ended.join(', ')}`);

  const storagePlan = await planStorage(context);
  const temporalPlan = await planTemporal(context);
  const databaseStarts = startDatabase(context);
  // The embedded Temporal server stores its data in the embedded Postgres, regardless of DATABASE_URL.
  const postgres = async (): Promise<EmbeddedPostgres> =>
    (await databaseStarts).embedded ?? startEmbeddedPostgres(context);
  const emulatorFound = findEmulator(context, storagePlan);
  const storageStarts = emulatorFound.then((executable) => startStorage(context, storagePlan, executable));
  // The emulator is built in under a minute and lets users upload: where only one build fits, it comes first.
  const beforeBuild = context.builds.count > 1 ? Promise.resolve() : emulatorFound;
  const temporalStarts = startTemporal(context, temporalPlan, { postgres, beforeBuild });
  const temporalUi = temporalStarts.then((started) => startUi(context, temporalPlan, started));
  const engine = Promise.all([storageStarts, temporalStarts, databaseStarts]).then(
    ([gcs, temporal, { embedded }]): Engine => engineOf(gcs, temporal, embedded),
  );
  starting.push(engine, temporalUi, storageStarts, temporalStarts, databaseStarts);
  let preparing = true;
  void Promise.allSettled(starting).then(() => (preparing = false));
  const database = await databaseStarts;

  return {
    ...database.urls,
    temporalAddress: temporalPlan.address,
    temporalNamespace: temporalPlan.namespace,
    ...(temporalPlan.uiUrl === undefined ? {} : { temporalUiUrl: temporalPlan.uiUrl }),
    hasEmbeddedTemporal: temporalPlan.configured === undefined,
    storage: storagePlan.settings,
    supervisor,
    ports: context.ports,
    engine,
    temporalUi,
    async stop() {
      supervisor.beginStopping();
      if (preparing) await supervisor.stopAll();
      await Promise.allSettled(starting);
      const [emulator, temporal, ui] = await Promise.all([
        storageStarts.catch(() => undefined),
        temporalStarts.catch(() => undefined),
        temporalUi.catch(() => undefined),
      ]);
      await Promise.all([ui?.guard.close(), ui?.part?.stop(), emulator?.stop(), temporal?.server?.stop()]);
      await database.embedded?.stop();
      await supervisor.stopAll();
      await prepared.release();
    },
  };
}

/** A Temporal server whose data ends with it. */
export interface TemporalInMemory {
  readonly address: string;
  readonly namespace: string;
  stop(): Promise<void>;
}

/** Starts Temporal alone in a second, without a database: for tests of workflows. */
export async function startTemporalInMemory(options: StartStackOptions): Promise<TemporalInMemory> {
  const settings = readStackEnv(options.env);
  const dataDir = await realpath(options.dataDir);
  const release = await claimDataDir(dataDir);
  const supervisor = createSupervisor(dataDir);
  async function stop(): Promise<void> {
    await supervisor.stopAll();
    await release();
  }
  try {
    const context = contextOf({ ...options, temporalUi: false }, { dataDir, settings, supervisor });
    const plan = await planTemporal(context);
    await startTemporal(context, plan, { beforeBuild: Promise.resolve() });
    return { address: plan.address, namespace: plan.namespace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function engineOf(gcs: StackPart | undefined, temporal: StartedTemporal, embedded: StackPart | undefined): Engine {
  const postgres = embedded ?? temporal.postgres;
  return {
    ...(temporal.server === undefined ? {} : { temporal: temporal.server }),
    ...(temporal.server?.metricsUrl === undefined ? {} : { temporalMetricsUrl: temporal.server.metricsUrl }),
    ...(gcs === undefined ? {} : { gcs }),
    ...(postgres === undefined ? {} : { postgres }),
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
