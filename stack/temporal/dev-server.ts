import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '../child-process.ts';
import { serverEnvironment } from '../inherited-environment.ts';
import { LOOPBACK, type PortChooser } from '../ports.ts';
import type { GuardedServer } from '../loopback-proxy.ts';
import { startPart } from '../stack-part.ts';
import type { Supervisor } from '../supervisor.ts';
import { dynamicConfigOptions } from './dynamic-config.ts';
import { frontendIsServing } from './health.ts';
import type { TemporalServer } from './official-server.ts';

export interface DevServerOptions {
  readonly dataDir: string;
  /** The Temporal CLI. */
  readonly executable: string;
  readonly port: number;
  /** Undefined: without the UI. */
  readonly ui: GuardedServer | undefined;
  readonly namespace: string;
  /** Instead of in a file, which outlives the server. */
  readonly inMemory: boolean;
}

/** Runs the development server of the Temporal CLI (with SQLite and its own UI) with the settings of the official one. */
export async function startDevServer(
  deps: { readonly supervisor: Supervisor; readonly ports: PortChooser; readonly env: NodeJS.ProcessEnv },
  options: DevServerOptions,
): Promise<TemporalServer> {
  const directory = join(options.dataDir, 'temporal');
  await mkdir(directory, { recursive: true });
  const metricsPort = await deps.ports.choose('Temporal metrics', 0);
  const httpPort = await deps.ports.choose('Temporal HTTP', 0);
  const address = `${LOOPBACK}:${options.port}`;

  const launch = (): Promise<Child> =>
    deps.supervisor.start({
      name: 'temporal-server',
      command: options.executable,
      args: [
        ['server', 'start-dev', '--ip', LOOPBACK, '--port', String(options.port)],
        ['--http-port', String(httpPort), '--metrics-port', String(metricsPort)],
        options.ui === undefined ? ['--headless'] : ['--ui-ip', options.ui.host, '--ui-port', String(options.ui.port)],
        ['--namespace', options.namespace],
        options.inMemory ? [] : ['--db-filename', join(directory, 'dev-server.sqlite')],
        ['--log-level', 'warn', ...dynamicConfigOptions()],
      ].flat(),
      env: serverEnvironment(deps.env, {}),
      ready: (signal) => frontendIsServing(address, signal),
    });

  return {
    ...(await startPart(launch)),
    address,
    metricsUrl: `http://${LOOPBACK}:${metricsPort}/metrics`,
  };
}
