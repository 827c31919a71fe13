import { join } from 'node:path';
import { removeAddresses, writeAddresses, type Addresses } from './addresses.ts';
import { restartOnExit } from './restart-on-exit.ts';
import { hasDemoUsers, type LauncherEnv } from './launcher-env.ts';
import { createPortChooser, LOOPBACK } from './ports.ts';
import { readOrCreatePrivateKey } from './private-key.ts';
import type { Progress } from './progress.ts';
import { serviceEnvironment, servicesAt, type Mode, type Service, type ServiceFiles } from './services.ts';
import { startPart, type StackPart } from './stack-part.ts';
import { startStack } from './start-stack.ts';
import type { Stack } from './stack.ts';
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
  /** Called after the stack and before the services have started: schema and seed. */
  prepareDatabase(ownerUrl: string): Promise<void>;
  /** Aborting it stops a start in progress. */
  readonly signal: AbortSignal;
}

/** The running studio. */
export interface Studio {
  readonly addresses: Addresses;
  /** Rejects when a part keeps crashing; resolves after `stop`. */
  readonly running: Promise<unknown>;
  stop(): Promise<void>;
  /** Ends everything immediately, as a second Ctrl-C does. */
  kill(): Promise<void>;
}

/** Loading the services' code takes a second or two; the web's first start builds its pages. */
const SERVICE_START_TIMEOUT_MS = 120_000;
const REQUEST_TIMEOUT_MS = 5_000;
/** Workers finish their current activities: the longest shutdown of a worker is shorter than this. */
const SERVICE_STOP_TIMEOUT_MS = 30_000;

/**
 * Starts the stack, prepares the database and starts API, worker and web; each part is restarted when it crashes.
 *
 * @throws StoppingError when aborted; otherwise the first failure, after everything has been stopped.
 */
export async function launch(options: LaunchOptions): Promise<Studio> {
  const { env, dataDir, progress, launcherEnv, signal } = options;
  const stack = await startStack({ dataDir, env, progress, signal });
  const services = new Map<string, StackPart>();
  const stop = async (): Promise<void> => {
    stack.supervisor.beginStopping();
    await removeAddresses(dataDir);
    await Promise.all([...services.values()].map((service) => service.stop()));
    await stack.stop();
  };
  const onAbort = (): void => void stack.supervisor.stopAll();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await options.prepareDatabase(stack.databaseOwnerUrl);
    if (options.mode === 'production') await buildWebIfChanged({ ...options, supervisor: stack.supervisor });
    const addresses = await chooseAddresses(stack, launcherEnv, progress);
    const environment = serviceEnvironment(env, stack, addresses, await createFiles(dataDir, stack, launcherEnv));
    await Promise.all(
      servicesAt(addresses, options.mode).map(async (service) => {
        services.set(service.name, await startService(stack.supervisor, service, options.projectDir, environment));
      }),
    );
    await writeAddresses(dataDir, addresses);
    const parts = [...services, ...embeddedParts(stack)];
    const { stopping } = stack.supervisor;
    const running = Promise.all(
      parts.map(([name, part]) => restartOnExit({ name, part, stopping, say: progress.say })),
    );
    return { addresses, running, stop, kill: () => stack.supervisor.killAll() };
  } catch (error) {
    const wasStopping = stack.supervisor.stopping.aborted;
    await stop();
    throw wasStopping ? new StoppingError('the start was stopped') : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function chooseAddresses(stack: Stack, launcherEnv: LauncherEnv, progress: Progress): Promise<Addresses> {
  const ports = createPortChooser(progress.say);
  const at = async (what: string, preferred: number): Promise<string> =>
    `http://${LOOPBACK}:${await ports.choose(what, preferred)}`;
  return {
    webUrl: await at('the web', launcherEnv.WEB_PORT),
    apiUrl: await at('the API', launcherEnv.API_PORT),
    workerMetricsUrl: `${await at("the worker's metrics", launcherEnv.METRICS_PORT)}/metrics`,
    temporalAddress: stack.temporalAddress,
    temporalNamespace: stack.temporalNamespace,
    ...(stack.temporalUiUrl === undefined ? {} : { temporalUiUrl: stack.temporalUiUrl }),
    ...(stack.temporalMetricsUrl === undefined ? {} : { temporalMetricsUrl: stack.temporalMetricsUrl }),
  };
}

async function createFiles(dataDir: string, stack: Stack, launcherEnv: LauncherEnv): Promise<ServiceFiles> {
  const { temporal, temporalAddress, temporalNamespace } = stack;
  const profile = temporal && (await writeTemporalProfile(dataDir, temporalAddress, temporalNamespace));
  const authKey = await demoKey(dataDir, launcherEnv);
  return {
    ...(profile === undefined ? {} : { temporalProfile: profile }),
    ...(authKey === undefined ? {} : { authKey }),
  };
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

function embeddedParts(stack: Stack): [string, StackPart][] {
  const parts = {
    Postgres: stack.postgres,
    Temporal: stack.temporal,
    'the Temporal UI': stack.temporalUi,
    'the GCS emulator': stack.gcs,
  };
  return Object.entries(parts).filter((entry): entry is [string, StackPart] => entry[1] !== undefined);
}
