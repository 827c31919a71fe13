import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '#process/cache-folder.ts';
import { createBuildSlots } from '#stack/build-slots.ts';
import { readStackEnv } from '#stack/env.ts';
import { claim } from '#stack/file-lock.ts';
import { createPortChooser, LOOPBACK, type PortChooser } from '#stack/ports.ts';
import { createProgress } from '#stack/progress.ts';
import type { StackContext } from '#stack/stack-context.ts';
import type { StackPart } from '#stack/stack-part.ts';
import type { StorageSettings } from '#stack/stack.ts';
import { startEmbeddedPostgres } from '#stack/start-database.ts';
import { findEmulator, planStorage, startStorage } from '#stack/start-storage.ts';
import { planTemporal, startTemporal } from '#stack/start-temporal.ts';
import { createStartupStatus } from '#stack/startup-status.ts';
import { createSupervisor, type Supervisor } from '#stack/supervisor.ts';
import { createDataDir, removeDataDir, testEnvironment } from '../../support/temporary-stack.ts';
import { startFaultProxy, type FaultProxy } from '../network/fault-proxy.ts';
import { preloadClock } from './postgres-clock.ts';

/** The servers of a studio, with a proxy between Temporal and its database. All addresses are direct. */
export interface FaultStack {
  readonly dataDir: string;
  readonly supervisor: Supervisor;
  readonly ports: PortChooser;
  readonly parts: Readonly<Record<'postgres' | 'temporal' | 'bucket', StackPart>>;
  readonly temporalPostgres: FaultProxy;
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly storage: StorageSettings & { readonly endpoint: string };
  stop(): Promise<void>;
}

/** Starts the servers in their own folder, on free ports, without fsync. @throws the first failure, after all was stopped */
export async function startFaultStack(): Promise<FaultStack> {
  const dataDir = await realpath(await createDataDir());
  // Other test runs remove the folders of stacks without a living launcher.
  await claim(join(dataDir, 'launcher.lock'));
  const supervisor = createSupervisor(dataDir);
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    await removeDataDir(dataDir);
  };
  try {
    return await startParts(dataDir, supervisor, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(dataDir: string, supervisor: Supervisor, stop: () => Promise<void>): Promise<FaultStack> {
  const env = testEnvironment();
  const progress = createProgress({ write: () => undefined });
  const ports = createPortChooser(() => undefined);
  const context: StackContext = {
    dataDir,
    supervisor: preloadClock(supervisor, dataDir),
    ports,
    progress,
    env,
    settings: readStackEnv(env),
    cacheRoot: cacheRoot(env),
    status: createStartupStatus(undefined),
    builds: createBuildSlots(),
    durable: false,
    temporalUi: false,
    storageGuard: false,
  };
  const [storagePlan, temporalPlan] = [await planStorage(context), await planTemporal(context)];
  const postgres = await startEmbeddedPostgres(context);
  const temporalPostgres = await startFaultProxy(postgres.port);
  const [gcs, temporal] = await Promise.all([
    findEmulator(context, storagePlan).then((executable) => startStorage(context, storagePlan, executable)),
    startTemporal(context, temporalPlan, {
      postgres: async () => ({ ...postgres, port: temporalPostgres.port }),
      beforeBuild: Promise.resolve(),
    }),
  ]);
  if (gcs === undefined || temporal.server === undefined) throw new Error('A part of the stack runs elsewhere');
  return {
    dataDir,
    supervisor,
    ports,
    parts: { postgres, temporal: temporal.server, bucket: gcs },
    temporalPostgres,
    appUrl: postgres.appUrl,
    ownerUrl: postgres.ownerUrl,
    temporalAddress: temporalPlan.address,
    temporalNamespace: temporalPlan.namespace,
    storage: { ...storagePlan.settings, endpoint: storagePlan.settings.endpoint ?? '' },
    async stop() {
      supervisor.beginStopping();
      await stop();
      await temporalPostgres.close();
    },
  };
}

/** Where a program of this stack logs; the log of the run before it is `….previous`. */
export function logFile({ dataDir }: Pick<FaultStack, 'dataDir'>, name: string): string {
  return join(dataDir, 'logs', `${name}.log`);
}

/** The URL with another port, such as a proxy's. */
export function throughPort(url: string, port: number): string {
  return Object.assign(new URL(url), { host: `${LOOPBACK}:${port}` }).href.replace(/\/$/u, '');
}
