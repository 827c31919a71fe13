import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { scheduleIds } from '#temporal/client/schedules.ts';
import { testKey } from '../api/serve-api.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { runProgram, type RunningProgram } from '../support/processes.ts';
import {
  connectToTemporal,
  createTestBucket,
  createTestDatabase,
  sharedStack,
  uniqueSuffix,
  storageEnvironment,
} from '../support/stack.ts';

/** No server listens there. */
export const NOWHERE = '127.0.0.1:1';

export interface ServiceEnvironment {
  /** Variables with which API, worker and web all start. */
  readonly env: NodeJS.ProcessEnv;
  /** Superuser. */
  readonly databaseOwnerUrl: string;
  /** PEM. */
  readonly signingKey: string;
  /** A folder for the test's files. */
  readonly folder: string;
  /** Starts one of our programs. */
  run(args: readonly string[], change?: NodeJS.ProcessEnv, options?: { readonly messages?: boolean }): RunningProgram;
  /** Ends processes that still run. */
  close(): Promise<void>;
}

/** Creates a database, a bucket, keys and task queue names for our processes, which run as in production. */
export async function openServiceEnvironment(): Promise<ServiceEnvironment> {
  const [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  const { temporalAddress, temporalNamespace } = sharedStack();
  const folder = await mkdtemp(join(tmpdir(), 'avatar-processes-'));
  const signingKey = testKey();
  const keyFile = join(folder, 'auth.pem');
  await writeFile(keyFile, signingKey, { mode: 0o600 });
  const suffix = `-${uniqueSuffix()}`;
  const started: RunningProgram[] = [];
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ...COMPILE_CACHE,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: temporalNamespace,
    TASK_QUEUE_SUFFIX: suffix,
    ...storageEnvironment(storage),
    DEMO_SIGN_IN: 'on',
    AUTH_PRIVATE_KEY_FILE: keyFile,
    RATE_LIMIT_PER_MINUTE: '1000000',
    IMAGE_CHECK: 'off',
    API_PORT: '0',
    INTERNAL_PORT: '0',
    WEB_PORT: '0',
    METRICS_PORT: '0',
    DRAIN_MS: '0',
  };
  return {
    env,
    databaseOwnerUrl: database.ownerUrl,
    folder,
    signingKey,
    run(args, change = {}, options = {}) {
      const program = runProgram(process.execPath, args, { ...options, env: { ...env, ...change } });
      started.push(program);
      return program;
    },
    async close() {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ ended }) => ended));
      await removeSchedules(temporalNamespace, suffix);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function removeSchedules(namespace: string, suffix: string): Promise<void> {
  const connection = await connectToTemporal();
  const { schedule } = new Client({ connection, namespace });
  await Promise.allSettled(scheduleIds(taskQueues(suffix)).map((id) => schedule.getHandle(id).delete()));
  await connection.close();
}
