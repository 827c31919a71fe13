import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { scheduleIds } from '#temporal/client/schedules.ts';
import { collectLog } from './collected-logs.ts';
import { COMPILE_CACHE } from './compile-cache.ts';
import { createTestBucket, createTestDatabase, sharedStack, uniqueSuffix, storageEnvironment } from './stack.ts';
import { openStudio, type Studio } from './studio.ts';
import type { RunningWorkers } from './temporal-environment.ts';

const WORKER = fileURLToPath(new URL('crashing-worker.ts', import.meta.url));
/** How soon the server notices that a worker that runs `generateImage` is dead. */
const HEARTBEAT_TIMEOUT_MS = 2_000;
/** A dead worker's workflow task times out after ten seconds, and its activity is retried after that; on a busy machine a
 * worker takes half a minute to start. */
export const RECOVERY_MS = 120_000;

/** A studio with its own database, bucket and task queues, whose first worker runs as a separate process. */
export interface CrashEnvironment {
  readonly studio: Studio;
  readonly databaseUrl: string;
  /** Starts a worker process that is killed at the crash point, once. */
  startWorker(): Promise<ChildProcess>;
  /** Starts the worker that continues, in this process: another one would spend four seconds of CPU on its start. */
  startNextWorker(): Promise<RunningWorkers>;
  close(): Promise<void>;
}

/**
 * @param crashPoint where the worker is killed, once: see crashing-worker.ts
 * @param environment additional variables for the worker: keys and base URLs of providers other than Replicate
 */
export async function openCrashEnvironment(
  crashPoint: string,
  environment: Record<string, string> = {},
): Promise<CrashEnvironment> {
  const suffix = `-${uniqueSuffix()}`;
  const scratch = await mkdtemp(path.join(tmpdir(), 'avatar-crash-'));
  const [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  const studio = await openStudio({
    database,
    storage,
    temporal: { suffix },
    heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
  });
  const { temporalAddress, temporalNamespace } = sharedStack();
  const children: ChildProcess[] = [];
  return {
    studio,
    databaseUrl: database.url,
    startNextWorker: () => studio.startWorkers(),
    async startWorker() {
      const child = spawn(process.execPath, [WORKER], {
        stdio: ['ignore', process.env.TEST_LOG_LEVEL ? 'inherit' : 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          ...COMPILE_CACHE,
          CRASH_AT: crashPoint,
          CRASH_MARKER: path.join(scratch, 'crashed'),
          DATABASE_URL: database.workerUrl,
          DATABASE_POOL_SIZE: '5',
          TASK_QUEUE_SUFFIX: suffix,
          TEMPORAL_ADDRESS: temporalAddress,
          TEMPORAL_NAMESPACE: temporalNamespace,
          ...storageEnvironment(storage),
          REPLICATE_API_TOKEN: studio.replicate.token,
          REPLICATE_BASE_URL: studio.replicate.url,
          ...environment,
          IMAGE_CHECK: 'off', // every worker would load the model again; the check has its own tests
          HEARTBEAT_TIMEOUT_MS: String(HEARTBEAT_TIMEOUT_MS),
          METRICS_PORT: '0',
        },
      });
      const collect = collectLog('crashing-worker');
      child.stdout?.on('data', (text: Buffer) => collect(text.toString()));
      children.push(child);
      return child;
    },
    async close() {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      const { schedule } = studio.temporal.client;
      const deletions = scheduleIds(taskQueues(suffix)).map((id) => schedule.getHandle(id).delete());
      await Promise.allSettled(deletions); // the schedules do not exist if no worker ever started
      await studio.close();
      await database.drop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
