import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { createActivities, type ActivityDeps } from '#activities/create-activities.ts';
import { createDecoder } from '#activities/image/decoder/decoder.ts';
import { createNsfwModerator } from '#activities/moderation/nsfw-moderator.ts';
import { createWakeups } from '#activities/generate/wakeups.ts';
import { createProviders } from '#activities/providers/create-providers.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { createSendGuarded } from '#activities/webhooks/send-guarded.ts';
import { isLoopbackHost } from '#domain/account/demo-sign-in-fault.ts';
import { budgetsOf } from '#domain/provider/budget.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { createDatabase } from '#drizzle/connection/database.ts';
import { oldestHoldAgeSeconds } from '#drizzle/ledger/audit.ts';
import { withPassword } from '#process/database-url.ts';
import { listen } from '#process/listen.ts';
import { watchMemory } from '#process/memory-limit.ts';
import { readSecretBox } from '#process/secret-box.ts';
import { readPrivateKey } from '#process/read-private-key.ts';
import type { Lifetime, Running } from '#process/run-process.ts';
import type { Tracing } from '#process/tracing/open-telemetry.ts';
import { traced } from '#process/tracing/spans.ts';
import { tracedFetch } from '#process/tracing/traced-fetch.ts';
import { checkServices } from '#temporal/client/check-services.ts';
import { connectClient } from '../client/connection.ts';
import { clientTracing } from '../client/trace-client.ts';
import { connectWorker } from './connect-worker.ts';
import { createWorkers } from './create-workers.ts';
import { createDeliveryStarter } from '../client/delivery-starter.ts';
import { deploymentVersion } from './deployment-version.ts';
import { retentionOf, type WorkerEnv } from './env.ts';
import { createGenerationWorkflows } from '../client/generation-workflows.ts';
import { logOutcomes } from './log-outcomes.ts';
import { createMetrics, metricsHandler } from './metrics.ts';
import { runWorkers } from './run-workers.ts';
import { ensureSchedules } from '../client/schedules.ts';
import { listenForWorkers } from './worker-listener.ts';
import { workerTracing } from './trace-worker.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { createWorkflowControl } from './create-workflow-control.ts';

/** Statement timeout of the audit, which reads the whole ledger, ms: below its activity's (workflows/maintenance/audit-ledger.ts). */
const AUDIT_STATEMENT_TIMEOUT_MS = 120_000;

export interface RunWorkerOptions {
  /** Wraps the activities' dependencies, so that tests can crash a worker at an exact point. */
  readonly decorate?: (deps: ActivityDeps) => ActivityDeps;
  /** The metrics of the Temporal SDK, in Prometheus' format. */
  readonly sdkMetrics?: () => Promise<string>;
  /** Undefined while tracing is off. */
  readonly tracing?: Tracing | undefined;
}

/** Stopping workers end their activities within the SDK's limit (create-workers.ts: 15 s); the rest is for closing connections. */
const STOP_TIMEOUT_MS = 25_000;

/**
 * Composition root: builds everything and runs the workers. When stopped, they finish running activities before anything is closed.
 *
 * @throws when Temporal can't be reached or a setting is wrong
 */
export async function runWorker(
  env: WorkerEnv,
  log: Logger,
  { held, fail }: Lifetime,
  { decorate = (deps) => deps, sdkMetrics, tracing }: RunWorkerOptions = {},
): Promise<Running> {
  const databaseUrl = withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD_FILE);
  const database = createDatabase({
    url: databaseUrl,
    poolSize: env.DATABASE_POOL_SIZE,
    applicationName: 'avatar-worker',
    log: (message, error) => log.warn({ err: error }, message),
  });
  held.defer(() => database.close());
  const queues = taskQueues(env.TASK_QUEUE_SUFFIX);
  const { client } = connectClient(await clientTracing());
  held.defer(() => client.connection.close());
  const store = imageStore(env);
  const checking = new AbortController();
  held.defer(() => checking.abort());
  checkServices({ database, client, store }, checking.signal).catch(fail);
  const auditDatabase = createDatabase({
    url: databaseUrl,
    poolSize: 1,
    statementTimeoutMs: AUDIT_STATEMENT_TIMEOUT_MS,
    applicationName: 'avatar-worker audit',
    log: (message, error) => log.warn({ err: error }, message),
  });
  held.defer(() => auditDatabase.close());
  const { registry, measurements } = createMetrics(
    () => oldestHoldAgeSeconds(database),
    () => database.load(),
  );
  const startDelivery = createDeliveryStarter({ client, queues });
  const wakeups = createWakeups();
  const moderator = env.IMAGE_CHECK === 'on' ? createNsfwModerator() : undefined;
  held.defer(async () => moderator?.close());
  // As many as images that are published at a time.
  const decoder = createDecoder({ processes: env.PUBLISH_SLOTS ?? availableParallelism(), niceness: 0 });
  held.defer(async () => decoder.close());
  const providers = createProviders(env, tracedFetch);
  const deps: ActivityDeps = {
    database,
    auditDatabase,
    store,
    providers,
    workflows: createWorkflowControl(client, createGenerationWorkflows({ client, queues })),
    webhookSender: {
      openSecret: readSecretBox(env.SECRETS_KEY_FILE).open,
      send: createSendGuarded({ allowPrivate: env.WEBHOOKS_ALLOW_PRIVATE }),
      startDelivery,
    },
    wakeups,
    moderator,
    decoder,
    measurements: logOutcomes(measurements, log),
    log,
    heartbeatTimeoutMs: env.HEARTBEAT_TIMEOUT_MS,
    generationTimeoutMs: env.GENERATION_TIMEOUT_MS,
    reconcileAfterMs: env.RECONCILE_AFTER_MS,
    settleMax: env.RECONCILE_SETTLE_MAX,
    budgets: budgetsOf(env),
    retention: retentionOf(env),
    deadlineMs: env.DEADLINE_MS,
  };
  const bundle = await workflowBundle(env.WORKFLOW_BUNDLE_DIR, { traced: tracing !== undefined });
  const version = deploymentVersion(env, bundle);
  const { connection, namespace } = await connectWorker();
  await ensureSchedules(client, queues);
  const workers = await createWorkers({
    connection,
    namespace,
    queues,
    workflowBundle: bundle,
    activities: createActivities(decorate(deps)),
    slots: { generate: env.GENERATE_SLOTS, publish: env.PUBLISH_SLOTS ?? availableParallelism() },
    version,
    tracing: tracing && (await workerTracing(tracing)),
    log,
  });
  const isHealthy = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const hosts = isLoopbackHost(env.METRICS_HOST) ? [] : undefined;
  const metrics = createServer(metricsHandler(registry, isHealthy, hosts, sdkMetrics));
  const metricsAddress = await listen(metrics, { host: env.METRICS_HOST, port: env.METRICS_PORT });
  held.defer(() => void metrics.close());
  // Registered only now: the SDK refuses to close it while a worker that never ran refers to it.
  held.defer(() => connection.close());
  const listening = listenForWorkers({
    connectionString: withPassword(env.DATABASE_LISTEN_URL ?? env.DATABASE_URL, env.DATABASE_PASSWORD_FILE),
    database,
    startDelivery,
    wakeups,
    log,
  });
  held.defer(() => listening.close());
  held.defer(runWorkers(workers, fail));
  held.defer(watchMemory({ limitMb: env.MEMORY_LIMIT_MB, onExceeded: fail }));
  log.info(
    { namespace, queues, providers: [...providers.keys()], deployment: version, metricsAddress },
    'worker ready',
  );
  return { stopTimeoutMs: STOP_TIMEOUT_MS, logFailure: (error) => log.fatal({ err: error }, 'the worker failed') };
}

function imageStore(env: WorkerEnv) {
  const { GCS_BUCKET: bucket, GCS_ENDPOINT: endpoint, GCS_CLIENT_EMAIL: clientEmail, GCS_PRIVATE_KEY_FILE: file } = env;
  const privateKey = file && readPrivateKey('GCS_PRIVATE_KEY_FILE', file);
  const credentials = clientEmail && privateKey ? { clientEmail, privateKey } : undefined;
  return createGcsImageStore({ bucket, endpoint, credentials, traced });
}
