import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecretsKey } from '#process/secret-box.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeAddresses, writeAddresses, type Addresses } from './addresses.ts';
import { restartOnExit } from './restart-on-exit.ts';
import { hasDemoUsers, type LauncherEnv } from './launcher-env.ts';
import { createOutages, type Outages } from './outages.ts';
import { LOOPBACK } from './ports.ts';
import { readOrCreateFile, readOrCreatePrivateKey } from './private-key.ts';
import type { Progress } from './progress.ts';
import {
  serviceEnvironments,
  servicesAt,
  type Mode,
  type Service,
  type ServiceEnvironments,
  type ServiceFiles,
} from './services.ts';
import { startPart, type StackPart } from './stack-part.ts';
import { openStack } from './start-stack.ts';
import { createStartupStatus } from './startup-status.ts';
import type { Engine, OpenStack } from './stack.ts';
import { StoppingError, type Supervisor } from './supervisor.ts';
import { writeTemporalProfile } from './temporal/profile-file.ts';
import { waitUntil } from './wait-until.ts';
import { buildWebIfChanged } from './web-build.ts';

export interface LaunchOptions {
  readonly projectDir: string;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly launcherEnv: LauncherEnv;
  readonly progress: Progress;
  readonly mode: Mode;
  /** Called after the database and before the services have started: schema and seed. */
  prepareDatabase(ownerUrl: string): Promise<void>;
  /** API and page are up; generations are accepted, and wait for the engine. */
  readonly onPage?: (addresses: Addresses) => void;
  /** The worker is up: generations run. */
  readonly onEngine?: () => void;
  /** Aborting it stops a start in progress. */
  readonly signal: AbortSignal;
}

/** The running studio. */
export interface Studio {
  readonly addresses: Addresses;
  /** Rejects when a part keeps crashing; resolves after `stop`. */
  readonly running: Promise<unknown>;
  /** Takes `worker`, `Temporal` or another part away on purpose. */
  readonly outages: Outages;
  stop(): Promise<void>;
  /** Ends everything immediately, as a second Ctrl-C does. */
  kill(): Promise<void>;
}

const STARTUP_STATUS = 'startup-status.json';
const COMPILED_CODE = 'compiled-code';
/** Loading the services' code takes a second or two; the web's first start builds its pages. */
const SERVICE_START_TIMEOUT_MS = 120_000;
const REQUEST_TIMEOUT_MS = 5_000;
/** Workers finish their current activities: the longest shutdown of a worker is shorter than this. */
const SERVICE_STOP_TIMEOUT_MS = 30_000;

/**
 * Starts the database, then API and page; the worker follows when Temporal and the bucket are there, which may have to be built first.
 * Each part is restarted when it crashes.
 *
 * @throws StoppingError when aborted; otherwise the first failure, after everything has been stopped.
 */
export async function launch(options: LaunchOptions): Promise<Studio> {
  const { dataDir, progress, signal } = options;
  await mkdir(dataDir, { recursive: true });
  const status = createStartupStatus(join(dataDir, STARTUP_STATUS));
  const stack = await openStack({ ...options, status });
  const { stopping } = stack.supervisor;
  const services: StackPart[] = [];
  const parts = new Map<string, StackPart>();
  const outages = createOutages(parts);
  const watched: Promise<void>[] = [];
  const watch = (name: string, part: StackPart | undefined): void => {
    if (part === undefined) return;
    parts.set(name, part);
    const pause = async (durationMs: number): Promise<void> => {
      await outages.ended(name);
      await sleep(durationMs);
    };
    watched.push(restartOnExit({ name, part, stopping, say: progress.say, pause }));
  };
  const start = async (service: Service, environment: NodeJS.ProcessEnv): Promise<void> => {
    const part = await startService(stack.supervisor, service, options.projectDir, environment);
    services.push(part);
    watch(service.name, part);
  };
  const stop = async (): Promise<void> => {
    stack.supervisor.beginStopping();
    await removeAddresses(dataDir);
    await Promise.all(services.map((service) => service.stop()));
    await stack.stop();
  };
  const onAbort = (): void => void stack.supervisor.stopAll();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const { addresses, environments } = await orFailure(stack.engine, prepareServices(options, stack));
    const { api, web, worker } = servicesAt(addresses, options.mode);
    await orFailure(stack.engine, Promise.all([start(api, environments.api), start(web, environments.web)]));
    await writeAddresses(dataDir, addresses);
    options.onPage?.(addresses);

    const engine = await Promise.race([stack.engine, crash(watched)]);
    for (const [name, part] of embeddedParts(engine)) watch(name, part);
    status.preparing('worker');
    await start(worker, environments.worker);
    status.ready('worker');
    options.onEngine?.();

    const ui = await stack.temporalUi;
    watch('the Temporal UI', ui?.part);
    await status.written();
    const complete = completeAddresses(addresses, engine, ui?.url);
    await writeAddresses(dataDir, complete);
    return {
      addresses: complete,
      running: Promise.all(watched),
      outages,
      stop,
      kill: () => stack.supervisor.killAll(),
    };
  } catch (error) {
    const wasStopping = stopping.aborted;
    await stop();
    throw wasStopping ? new StoppingError('the start was stopped') : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The work's result, unless the engine fails before: without it there is nothing to wait for. */
async function orFailure<T>(engine: Promise<unknown>, work: Promise<T>): Promise<T> {
  // When the engine has failed, the work is stopped with the stack, and its own failure explains nothing.
  work.catch(() => undefined);
  return Promise.race([work, engine.then(() => work)]);
}

/** Rejects when a part keeps crashing. */
async function crash(watched: readonly Promise<void>[]): Promise<never> {
  await Promise.all(watched);
  throw new StoppingError('the start was stopped');
}

interface PreparedServices {
  readonly addresses: Addresses;
  readonly environments: ServiceEnvironments;
}

async function prepareServices(options: LaunchOptions, stack: OpenStack): Promise<PreparedServices> {
  const { env, dataDir, launcherEnv } = options;
  await options.prepareDatabase(stack.databaseOwnerUrl);
  if (options.mode === 'production') await buildWebIfChanged({ ...options, supervisor: stack.supervisor });
  const addresses = await chooseAddresses(stack, launcherEnv);
  return {
    addresses,
    environments: serviceEnvironments(env, stack, addresses, await createFiles(dataDir, stack, launcherEnv)),
  };
}

function completeAddresses(addresses: Addresses, engine: Engine, temporalUiUrl: string | undefined): Addresses {
  const { temporalUiUrl: _planned, ...known } = addresses;
  return {
    ...known,
    ...(temporalUiUrl === undefined ? {} : { temporalUiUrl }),
    ...(engine.temporalMetricsUrl === undefined ? {} : { temporalMetricsUrl: engine.temporalMetricsUrl }),
  };
}

async function chooseAddresses(stack: OpenStack, launcherEnv: LauncherEnv): Promise<Addresses> {
  const at = async (what: string, preferred: number): Promise<string> =>
    `http://${LOOPBACK}:${await stack.ports.choose(what, preferred)}`;
  return {
    webUrl: await at('the web', launcherEnv.WEB_PORT),
    apiUrl: await at('the API', launcherEnv.API_PORT),
    internalUrl: await at('the internal API', launcherEnv.INTERNAL_PORT),
    workerMetricsUrl: `${await at("the worker's metrics", launcherEnv.METRICS_PORT)}/metrics`,
    temporalAddress: stack.temporalAddress,
    temporalNamespace: stack.temporalNamespace,
    ...(stack.temporalUiUrl === undefined ? {} : { temporalUiUrl: stack.temporalUiUrl }),
  };
}

async function createFiles(dataDir: string, stack: OpenStack, launcherEnv: LauncherEnv): Promise<ServiceFiles> {
  const { hasEmbeddedTemporal, temporalAddress, temporalNamespace } = stack;
  const profile = hasEmbeddedTemporal
    ? await writeTemporalProfile(dataDir, temporalAddress, temporalNamespace)
    : undefined;
  const authKey = await demoKey(dataDir, launcherEnv);
  const secretsKey = launcherEnv.SECRETS_KEY_FILE ?? (await createdSecretsKey(dataDir));
  return {
    compiledCode: join(dataDir, COMPILED_CODE),
    startupStatus: join(dataDir, STARTUP_STATUS),
    secretsKey,
    ...(profile === undefined ? {} : { temporalProfile: profile }),
    ...(authKey === undefined ? {} : { authKey }),
  };
}

/** The key file that seals secrets, created at the first start. */
async function createdSecretsKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'keys', 'secrets.key');
  await readOrCreateFile(path, async () => newSecretsKey());
  return path;
}

/** The signing key of demo tokens; undefined with an identity provider. */
async function demoKey(dataDir: string, launcherEnv: LauncherEnv): Promise<string | undefined> {
  if (!hasDemoUsers(launcherEnv)) return undefined;
  if (launcherEnv.AUTH_PRIVATE_KEY_FILE !== undefined) return launcherEnv.AUTH_PRIVATE_KEY_FILE;
  const path = join(dataDir, 'keys', 'auth-es256.pem');
  await readOrCreatePrivateKey(path, 'es256');
  return path;
}

async function startService(
  supervisor: Supervisor,
  service: Service,
  projectDir: string,
  env: NodeJS.ProcessEnv,
): Promise<StackPart> {
  return startPart(() =>
    supervisor.start({
      name: service.name,
      command: process.execPath,
      args: service.args,
      cwd: projectDir,
      env,
      stopTimeoutMs: SERVICE_STOP_TIMEOUT_MS,
      ready: async (signal) => {
        const what = `${service.name} responding at ${service.healthUrl}`;
        await waitUntil({ what, timeoutMs: SERVICE_START_TIMEOUT_MS, signal }, async () => {
          const response = await fetch(service.healthUrl, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
          await response.body?.cancel();
          return response.ok;
        });
      },
    }),
  );
}

function embeddedParts(engine: Engine): [string, StackPart | undefined][] {
  return [
    ['Postgres', engine.postgres],
    ['Temporal', engine.temporal],
    ['the GCS emulator', engine.gcs],
  ];
}
