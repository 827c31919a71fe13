import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '../child-process.ts';
import { serverEnvironment } from '../inherited-environment.ts';
import type { GuardedServer } from '../loopback-proxy.ts';
import { startPart, type StackPart } from '../stack-part.ts';
import type { Supervisor } from '../supervisor.ts';
import { waitUntil } from '../wait-until.ts';

export interface TemporalUiOptions {
  readonly dataDir: string;
  readonly executable: string;
  /** Where it listens. */
  readonly server: GuardedServer;
  /** The origin of its guard, for browsers. */
  readonly publicUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
}

const START_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 2_000;

/** Runs the official Temporal UI against the embedded server, on the loopback interface. */
export async function startTemporalUi(
  deps: { readonly supervisor: Supervisor; readonly env: NodeJS.ProcessEnv },
  options: TemporalUiOptions,
): Promise<StackPart> {
  const directory = join(options.dataDir, 'temporal', 'ui');
  await mkdir(directory, { recursive: true });
  // The UI reads its configuration from a file only; JSON is YAML.
  await writeFile(join(directory, 'embedded.yaml'), JSON.stringify(configuration(options), null, 2));
  const url = `http://${options.server.host}:${options.server.port}`;

  const launch = (): Promise<Child> =>
    deps.supervisor.start({
      name: 'temporal-ui',
      command: options.executable,
      args: ['--root', directory, '--config', '.', '--env', 'embedded', 'start'],
      env: serverEnvironment(deps.env, {}),
      ready: async (signal) => {
        await waitUntil({ what: `Temporal UI responding at ${url}`, timeoutMs: START_TIMEOUT_MS, signal }, async () => {
          const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
          await response.body?.cancel();
          return response.ok;
        });
      },
    });

  return startPart(launch);
}

function configuration(options: TemporalUiOptions): unknown {
  return {
    temporalGrpcAddress: options.temporalAddress,
    host: options.server.host,
    port: options.server.port,
    enableUi: true,
    defaultNamespace: options.namespace,
    disableNewsFetch: true,
    // The page is served over plain http on loopback: browsers would not send a Secure cookie, and actions would fail.
    cors: { cookieInsecure: true, allowOrigins: [options.publicUrl] },
    refreshInterval: '1m',
  };
}
