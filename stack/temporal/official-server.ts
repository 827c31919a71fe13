import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEnv } from '../env.ts';
import { serverEnvironment } from '../inherited-environment.ts';
import { hiddenLoopback, LOOPBACK, type PortChooser } from '../ports.ts';
import { startPart, type StackPart } from '../stack-part.ts';
import type { Supervisor } from '../supervisor.ts';
import { dynamicConfigYaml } from './dynamic-config.ts';
import { frontendIsServing } from './health.ts';

export interface TemporalServerDeps {
  readonly supervisor: Supervisor;
  readonly ports: PortChooser;
  readonly env: NodeJS.ProcessEnv;
  readonly settings: Pick<StackEnv, 'TEMPORAL_PPROF_PORT'>;
}

export interface OfficialServerOptions {
  readonly dataDir: string;
  readonly port: number;
  /** The executable. */
  readonly server: string;
  /** The variables that tell the server where it stores its data. */
  readonly store: Record<string, string>;
  /** Runs before each launch. */
  readonly beforeLaunch?: () => Promise<void>;
}

/** A Temporal server that the stack runs. */
export interface TemporalServer extends StackPart {
  /** host:port of the frontend. */
  readonly address: string;
  /** Prometheus endpoint; its `action` counter counts what Temporal Cloud would bill. */
  readonly metricsUrl?: string;
}

/** Fixed for the life of a database. Measured: 4 shards serve 50 generations a second on 2 cores, 16 no more, 1 fewer. */
const HISTORY_SHARDS = 4;
/** Fewer, longer garbage collections: a sixth of the server's CPU for about 100 MB. */
const GOGC = 400;

/** Runs the official server, all four services in one process. */
export async function startOfficialServer(
  deps: TemporalServerDeps,
  options: OfficialServerOptions,
): Promise<TemporalServer> {
  const directory = join(options.dataDir, 'temporal');
  await mkdir(directory, { recursive: true });
  const dynamicConfigPath = join(directory, 'dynamic-config.yaml');
  await writeFile(dynamicConfigPath, dynamicConfigYaml());

  const internal = (): Promise<number> => deps.ports.choose('Temporal', 0);
  const metrics = `${hiddenLoopback()}:${await internal()}`;
  const address = `${LOOPBACK}:${options.port}`;
  const env = serverEnvironment(deps.env, {
    ...options.store,
    BIND_ON_IP: LOOPBACK,
    FRONTEND_GRPC_PORT: String(options.port),
    FRONTEND_HTTP_PORT: String(await internal()),
    HISTORY_GRPC_PORT: String(await internal()),
    MATCHING_GRPC_PORT: String(await internal()),
    WORKER_GRPC_PORT: String(await internal()),
    FRONTEND_MEMBERSHIP_PORT: String(await internal()),
    HISTORY_MEMBERSHIP_PORT: String(await internal()),
    MATCHING_MEMBERSHIP_PORT: String(await internal()),
    WORKER_MEMBERSHIP_PORT: String(await internal()),
    // It checks no `Host`: the address protects it from websites.
    PROMETHEUS_ENDPOINT: metrics,
    PPROF_PORT: String(deps.settings.TEMPORAL_PPROF_PORT),
    NUM_HISTORY_SHARDS: String(HISTORY_SHARDS),
    DYNAMIC_CONFIG_FILE_PATH: dynamicConfigPath,
    LOG_LEVEL: 'warn',
    GOGC: String(GOGC),
  });

  return {
    ...(await startPart(async () => {
      await options.beforeLaunch?.();
      return deps.supervisor.start({
        name: 'temporal-server',
        command: options.server,
        args: ['--allow-no-auth', 'start'],
        env,
        ready: (signal) => frontendIsServing(address, signal),
      });
    })),
    address,
    metricsUrl: `http://${metrics}/metrics`,
  };
}
