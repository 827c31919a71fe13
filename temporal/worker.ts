import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { createActivities } from '../activities/create-activities.ts';
import { createProviders } from '../activities/providers/registry.ts';
import { createGcsImageStore } from '../activities/storage/gcs-image-store.ts';
import { taskQueues } from '../domain/task-queue.ts';
import { createDatabase } from '../drizzle/database.ts';
import { connectClient, connectWorker } from './connection.ts';
import { createWorkers } from './create-workers.ts';
import { readWorkerEnv, type WorkerEnv } from './env.ts';
import { createGenerationWorkflows } from './generation-workflows.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import { ensureSchedules } from './schedules.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { createWorkflowControl } from './workflow-control.ts';

/** The worker process: builds everything once, runs until SIGTERM or SIGINT, then lets running steps finish. */
async function main(): Promise<void> {
  const env = readWorkerEnv(process.env);
  const log = pino({ level: env.LOG_LEVEL, base: { process: 'worker' } });
  forwardTemporalLogs(log);

  const database = createDatabase({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    applicationName: 'avatar-worker',
    log: (message, error) => log.warn({ err: error }, message),
  });
  const queues = taskQueues(env.TASK_QUEUE_SUFFIX);
  const { client } = connectClient();
  const generations = createGenerationWorkflows({ client, queues });
  const { registry, measurements } = createMetrics();
  const activities = createActivities({
    database,
    store: await imageStore(env),
    providers: createProviders({ replicate: replicateOptions(env) }),
    workflows: createWorkflowControl(client, generations),
    measurements,
    log,
    heartbeatTimeoutMs: env.HEARTBEAT_TIMEOUT_MS,
    paintTimeMs: env.PAINT_TIME_MS,
    reconcileAfterMs: env.RECONCILE_AFTER_MS,
    deadlineMs: env.DEADLINE_MS,
  });
  const { connection, namespace } = await connectWorker();
  const workers = await createWorkers({
    connection,
    namespace,
    queues,
    workflowBundle: await workflowBundle(env.WORKFLOW_BUNDLE_DIR),
    activities,
    slots: { generate: env.GENERATE_SLOTS, publish: env.PUBLISH_SLOTS ?? availableParallelism() },
    log,
  });
  await ensureSchedules(client, queues);
  const isHealthy = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const metrics = await serveMetrics(registry, { port: env.METRICS_PORT, host: env.METRICS_HOST }, isHealthy);

  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info(
    { namespace, queues, painters: env.REPLICATE_API_TOKEN ? 'replicate, illustrator' : 'illustrator' },
    'worker ready',
  );
  try {
    await running;
  } finally {
    metrics.close();
    await connection.close();
    await client.connection.close();
    await database.close();
    log.info('worker stopped');
  }
}

async function imageStore(env: WorkerEnv) {
  const { GCS_BUCKET: bucket, GCS_ENDPOINT: endpoint, GCS_CLIENT_EMAIL: clientEmail, GCS_PRIVATE_KEY_FILE: file } = env;
  const credentials = clientEmail && file ? { clientEmail, privateKey: await readFile(file, 'utf8') } : undefined;
  return createGcsImageStore({ bucket, endpoint, credentials });
}

function replicateOptions(env: WorkerEnv) {
  const { REPLICATE_API_TOKEN: token, REPLICATE_BASE_URL: baseUrl } = env;
  return token === undefined ? undefined : { token, baseUrl };
}

/** Temporal's own messages in our format, with the workflow's and activity's ids as fields. */
function forwardTemporalLogs(log: Logger): void {
  const level = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
  const logger = new DefaultLogger('INFO', ({ level: name, message, meta }) => log[level[name]](meta ?? {}, message));
  Runtime.install({ logger, shutdownSignals: ['SIGTERM', 'SIGINT'] });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
