import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { createActivities, type ActivityDeps } from '../activities/create-activities.ts';
import { createNsfwModerator } from '../activities/moderation/nsfw-moderator.ts';
import { createWakeups } from '../activities/painting/wakeups.ts';
import { createProviders, type ProvidersConfig } from '../activities/providers/registry.ts';
import { createGcsImageStore } from '../activities/storage/gcs-image-store.ts';
import { createSendGuarded } from '../activities/webhooks/send-guarded.ts';
import { budgetsOf } from '../domain/budget.ts';
import { taskQueues } from '../domain/task-queue.ts';
import { createDatabase } from '../drizzle/database.ts';
import { connectClient, connectWorker } from './connection.ts';
import { createWorkers } from './create-workers.ts';
import { createDeliveryStarter } from './delivery-starter.ts';
import type { WorkerEnv } from './env.ts';
import { createGenerationWorkflows } from './generation-workflows.ts';
import { createMetrics, serveMetrics } from './metrics.ts';
import { ensureSchedules } from './schedules.ts';
import { listenForWorkers } from './worker-listener.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { createWorkflowControl } from './workflow-control.ts';

export interface RunWorkerOptions {
  /** Stands between the activities and the world: how tests crash a worker at an exact place. */
  readonly decorate?: (deps: ActivityDeps) => ActivityDeps;
}

/**
 * Builds everything once and runs until the process is told to stop, then lets running steps finish.
 *
 * @throws when Postgres' or Temporal's address is wrong, or a worker fails for good
 */
export async function runWorker(
  env: WorkerEnv,
  log: Logger,
  { decorate = (deps) => deps }: RunWorkerOptions = {},
): Promise<void> {
  const database = createDatabase({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    applicationName: 'avatar-worker',
    log: (message, error) => log.warn({ err: error }, message),
  });
  const queues = taskQueues(env.TASK_QUEUE_SUFFIX);
  const { client } = connectClient();
  const { registry, measurements } = createMetrics();
  const startDelivery = createDeliveryStarter({ client, queues });
  const wakeups = createWakeups();
  const moderator = env.IMAGE_CHECK === 'on' ? createNsfwModerator() : undefined;
  const providers = createProviders(providersConfig(env));
  const deps: ActivityDeps = {
    database,
    store: await imageStore(env),
    providers,
    workflows: createWorkflowControl(client, createGenerationWorkflows({ client, queues })),
    courier: { send: createSendGuarded({ allowPrivate: env.WEBHOOKS_ALLOW_PRIVATE }), startDelivery },
    wakeups,
    moderator,
    measurements,
    log,
    heartbeatTimeoutMs: env.HEARTBEAT_TIMEOUT_MS,
    paintTimeMs: env.PAINT_TIME_MS,
    reconcileAfterMs: env.RECONCILE_AFTER_MS,
    budgets: budgetsOf(env),
    deadlineMs: env.DEADLINE_MS,
  };
  const { connection, namespace } = await connectWorker();
  const workers = await createWorkers({
    connection,
    namespace,
    queues,
    workflowBundle: await workflowBundle(env.WORKFLOW_BUNDLE_DIR),
    activities: createActivities(decorate(deps)),
    slots: { generate: env.GENERATE_SLOTS, publish: env.PUBLISH_SLOTS ?? availableParallelism() },
    log,
  });
  await ensureSchedules(client, queues);
  const isHealthy = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const metrics = await serveMetrics(registry, { port: env.METRICS_PORT, host: env.METRICS_HOST }, isHealthy);

  const listening = listenForWorkers({
    connectionString: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
    database,
    startDelivery,
    wakeups,
    log,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info({ namespace, queues, painters: [...providers.keys()] }, 'worker ready');
  try {
    await running;
  } finally {
    metrics.close();
    await listening.close();
    await moderator?.close();
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

function providersConfig(env: WorkerEnv): ProvidersConfig {
  const { REPLICATE_API_TOKEN, REPLICATE_BASE_URL, REPLICATE_WEBHOOK_URL, FAL_KEY, HF_TOKEN } = env;
  const replicate = { baseUrl: REPLICATE_BASE_URL, webhookUrl: REPLICATE_WEBHOOK_URL };
  const fal = { queueUrl: env.FAL_QUEUE_URL, apiUrl: env.FAL_API_URL };
  const huggingface = { baseUrl: env.HF_BASE_URL, hubUrl: env.HF_HUB_URL };
  return {
    replicate: REPLICATE_API_TOKEN === undefined ? undefined : { token: REPLICATE_API_TOKEN, ...replicate },
    fal: FAL_KEY === undefined ? undefined : { key: FAL_KEY, ...fal },
    huggingface: HF_TOKEN === undefined ? undefined : { token: HF_TOKEN, ...huggingface },
  };
}
