import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { serverEnvironment } from '../inherited-environment.ts';
import type { GuardedServer } from '../loopback-proxy.ts';
import { LOOPBACK } from '../ports.ts';
import { startPart, type StackPart } from '../stack-part.ts';
import type { Supervisor } from '../supervisor.ts';
import { waitUntil } from '../wait-until.ts';

export interface GcsEmulatorOptions {
  readonly dataDir: string;
  readonly executable: string;
  /** Where it listens. */
  readonly server: GuardedServer;
  /** The origin of its guard, for upload sessions. */
  readonly publicUrl: string;
}

const START_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 2_000;
/** The emulator has no work to finish. */
const STOP_TIMEOUT_MS = 5_000;

/** Runs fake-gcs-server with its objects in `<dataDir>/gcs`. */
export async function startGcsEmulator(
  deps: { readonly supervisor: Supervisor; readonly env: NodeJS.ProcessEnv },
  options: GcsEmulatorOptions,
): Promise<StackPart> {
  const { server, publicUrl } = options;
  const endpoint = `http://${server.host}:${server.port}`;
  const root = join(options.dataDir, 'gcs');
  await mkdir(root, { recursive: true });

  return startPart(() =>
    deps.supervisor.start({
      name: 'fake-gcs-server',
      command: options.executable,
      args: [
        ['-scheme', 'http', '-host', server.host, '-port', String(server.port)],
        ['-backend', 'filesystem', '-filesystem-root', root],
        // Upload sessions and signed URLs (path style) must refer to the emulator, not to Google.
        ['-external-url', publicUrl, '-public-host', LOOPBACK, '-log-level', 'warn'],
      ].flat(),
      env: serverEnvironment(deps.env, {}),
      stopTimeoutMs: STOP_TIMEOUT_MS,
      ready: async (signal) => {
        await waitUntil(
          { what: `the GCS emulator responding at ${endpoint}`, timeoutMs: START_TIMEOUT_MS, signal },
          async () => {
            const health = await fetch(`${endpoint}/_internal/healthcheck`, {
              signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
            });
            await health.body?.cancel();
            return health.ok;
          },
        );
      },
    }),
  );
}
