import { join } from 'node:path';
import { startChild, type Child } from '#stack/child-process.ts';
import { serverEnvironment } from '#stack/inherited-environment.ts';
import { createPortChooser, LOOPBACK } from '#stack/ports.ts';
import { waitUntil } from '#stack/wait-until.ts';
import type { BenchStudio } from '../bench-studio.ts';
import type { ProcessName } from '../meter/meter.ts';

const PROJECT_DIR = join(import.meta.dirname, '..', '..');
const REQUEST_COUNTER = './bench/meter/request-counter.ts';
/** Bundling the workflows takes seconds the first time. */
const START_TIMEOUT_MS = 120_000;
const HEALTH_TIMEOUT_MS = 1_000;

interface ProgramSpec {
  readonly name: Extract<ProcessName, 'worker' | 'api'>;
  /** Relative to the project. */
  readonly program: string;
  /** The variable of the port on which it answers /healthz. */
  readonly portVariable: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A running worker or API, which the meter measures. */
export interface Program {
  readonly url: string;
  stop(): Promise<void>;
}

const ports = createPortChooser(() => undefined);
let started = 0;

/** Starts one of our programs on the studio's stack, as `npm start` does, and waits until it is healthy. */
export async function startProgram({ stack, meter }: BenchStudio, spec: ProgramSpec): Promise<Program> {
  const [port, counterPort] = [await ports.choose(spec.name, 0), await ports.choose('its counter', 0)];
  started += 1;
  const name = `${spec.name}-${started}`;
  const child = await startChild(
    {
      name,
      command: process.execPath,
      args: ['--import', REQUEST_COUNTER, spec.program],
      cwd: PROJECT_DIR,
      env: serverEnvironment(process.env, {
        DATABASE_URL: spec.name === 'api' ? stack.apiDatabaseUrl : stack.workerDatabaseUrl,
        TEMPORAL_ADDRESS: stack.temporalAddress,
        TEMPORAL_NAMESPACE: stack.temporalNamespace,
        GCS_ENDPOINT: stack.storage.endpoint ?? '',
        GCS_BUCKET: stack.storage.bucket,
        GCS_CLIENT_EMAIL: stack.storage.clientEmail ?? '',
        GCS_PRIVATE_KEY_FILE: stack.storage.privateKeyFile ?? '',
        LOG_LEVEL: 'warn',
        BENCH_COUNTER_PORT: String(counterPort),
        [spec.portVariable]: String(port),
        ...spec.env,
      }),
    },
    join(stack.dataDir, 'logs', `${name}.log`),
  );
  const url = `http://${LOOPBACK}:${port}`;
  await whenHealthy(child, `${url}/healthz`);
  const remove = meter.add({ name: spec.name, pid: child.pid, counterPort });
  return {
    url,
    async stop() {
      remove();
      await child.stop();
    },
  };
}

async function whenHealthy(child: Child, url: string): Promise<void> {
  try {
    await waitUntil({ what: `${child.name} becoming healthy`, timeoutMs: START_TIMEOUT_MS }, async () => {
      return (await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) })).ok;
    });
  } catch (error) {
    await child.stop();
    throw new Error(`${String(error)}. The end of its log:\n${await child.logTail()}`, { cause: error });
  }
}
