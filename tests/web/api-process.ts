import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageSettings } from '#stack/stack.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { runProgram, type RunningProgram } from '../support/processes.ts';
import { sharedStack, storageEnvironment } from '../support/stack.ts';

export interface ApiProcessOptions {
  readonly databaseUrl: string;
  readonly storage: StorageSettings;
  readonly taskQueueSuffix: string;
  /** The key for demo tokens, PEM. */
  readonly signingKey: string;
  readonly port: number;
}

export interface ApiProcess {
  /** Sends SIGKILL and waits for the end of the process. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

/** Starts `api/server.ts` as a separate process on the workers and the database of a test. */
export async function openApiProcess(options: ApiProcessOptions): Promise<ApiProcess> {
  const { databaseUrl, storage, taskQueueSuffix, signingKey, port } = options;
  const { temporalAddress, temporalNamespace } = sharedStack();
  const scratch = await mkdtemp(join(tmpdir(), 'avatar-api-'));
  const keyFile = join(scratch, 'auth.pem');
  await writeFile(keyFile, signingKey, { mode: 0o600 });
  let running: RunningProgram | undefined;
  const start = async () => {
    running = runProgram(process.execPath, ['api/server.ts'], {
      env: {
        PATH: process.env.PATH,
        ...COMPILE_CACHE,
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: temporalAddress,
        TEMPORAL_NAMESPACE: temporalNamespace,
        TASK_QUEUE_SUFFIX: taskQueueSuffix,
        ...storageEnvironment(storage),
        DEMO_SIGN_IN: 'on',
        AUTH_PRIVATE_KEY_FILE: keyFile,
        API_PORT: String(port),
        INTERNAL_PORT: '0',
        PROVIDERS: 'replicate,illustrator',
        RATE_LIMIT_PER_MINUTE: '10000',
      },
    });
    await running.waitForOutput(/the API is listening/u);
  };
  const kill = async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
  };
  await start();
  return {
    kill,
    start,
    async close() {
      await kill();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
