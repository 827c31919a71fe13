import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { until } from '../support/until.ts';
import type { ComposeService } from './compose-project.ts';

const run = promisify(execFile);

/** The health check's start_period. */
const HEALTHY_TIMEOUT_MS = 60_000;
/** The service's stop_grace_period, after which Compose kills it. */
const STOP_TIMEOUT_MS = 30_000;

/** A service of docker-compose.yml that runs as a plain process. */
export interface NativeService {
  /** Stops it as `docker stop` does. @returns the exit code */
  stop(): Promise<number | null>;
}

export interface NativeOptions {
  readonly name: string;
  readonly service: ComposeService;
  /** The image's working directory. */
  readonly dir: string;
  /** Translates addresses in the containers' network to local addresses. */
  readonly translate: (value: string) => string;
}

/** Runs a one-shot service to completion. @throws Error with its output when it fails */
export async function runOneShot(options: NativeOptions): Promise<void> {
  const { child, output } = launch(options);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${options.name} ended with ${code}:\n${output()}`);
}

/** Starts a service and waits for its health check. @throws Error with its output when it does not become healthy */
export async function startService(options: NativeOptions): Promise<NativeService> {
  const { child, output } = launch(options);
  const [, command = '', ...args] = (options.service.healthcheck?.test ?? []).map(options.translate);
  const stop = async (): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    const [code] = await exited;
    clearTimeout(timer);
    return code;
  };
  const isHealthy = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`${options.name} ended with ${child.exitCode}:\n${output()}`);
    return run(command, args, { cwd: options.dir }).then(
      () => true,
      () => false,
    );
  };
  try {
    await until(isHealthy, { timeoutMs: HEALTHY_TIMEOUT_MS, what: `the health check of ${options.name}` });
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}; it printed:\n${output()}`, { cause: error });
  }
  return { stop };
}

function launch({ service, dir, translate }: NativeOptions) {
  const [command = '', ...args] = service.command ?? [];
  const given = Object.entries(service.environment).map(([name, value]) => [name, translate(value)]);
  const { PATH = '', HOME = '' } = process.env;
  const image = { ...COMPILE_CACHE, NODE_ENV: 'production', WORKFLOW_BUNDLE_DIR: `${dir}/workflow-bundle` };
  const child = spawn(command, args, { cwd: dir, env: { PATH, HOME, ...image, ...Object.fromEntries(given) } });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  return { child, output: () => printed.join('') };
}
