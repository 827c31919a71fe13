import { z } from 'zod';
import { RELEASE } from '#process/release.ts';
import { RETENTION_RULES, type RecordKind, type Retention } from '#domain/configuration/retention.ts';
import { readVariables } from '#process/read-variables.ts';
import { tracingVariables } from '#process/tracing/variables.ts';
import { providerVariables, serviceAddressVariables } from '#process/provider-variables.ts';

const retentionDays = (kind: RecordKind) =>
  z.coerce.number().int().min(RETENTION_RULES[kind].minDays).max(36_500).default(RETENTION_RULES[kind].defaultDays);

const port = z.coerce.number().int().min(0).max(65_535);

/**
 * The worker's environment variables. Temporal's envconfig reads its own settings (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS, API
 * key, profiles).
 */
const settings = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z.url(),
  /** A file with the password of addresses that have none. */
  DATABASE_PASSWORD_FILE: z.string().min(1).optional(),
  /** A direct connection: poolers don't support LISTEN. */
  DATABASE_LISTEN_URL: z.url().optional(),
  /** Appended to the queues' names, for several installations or tests in one namespace. Must equal the API's. */
  TASK_QUEUE_SUFFIX: z
    .string()
    .regex(/^[a-z0-9-]*$/)
    .default(''),
  TEMPORAL_UI_URL: z.url().optional(),
  GCS_ENDPOINT: z.url().optional(),
  GCS_BUCKET: z.string().min(1),
  GCS_CLIENT_EMAIL: z.string().optional(),
  GCS_PRIVATE_KEY_FILE: z.string().optional(),
  ...providerVariables,
  ...serviceAddressVariables,
  /** Concurrent image generations of this process. */
  GENERATE_SLOTS: z.coerce.number().int().min(1).max(1_000).default(16),
  /** Concurrent activities on the publish queue; the number of cores by default. */
  PUBLISH_SLOTS: z.coerce.number().int().min(1).max(256).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(20),
  /** How soon a dead worker is noticed, ms. Shorter timeouts cost more billed heartbeats. */
  HEARTBEAT_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(600_000).default(30_000),
  /** Overrides every tier's deadline, ms; for tests and emergencies. */
  DEADLINE_MS: z.coerce.number().int().min(1_000).optional(),
  /** A provider that has not delivered after this, ms, is cancelled and the next candidate is tried. */
  GENERATION_TIMEOUT_MS: z.coerce.number().int().min(500).max(200_000).default(120_000),
  /** The reconciler checks unfinished rows that have not changed for this long, ms. */
  RECONCILE_AFTER_MS: z.coerce.number().int().min(0).default(60_000),
  /**
   * The number of generations without a workflow that one round of the reconciler settles at most; if there are more, it settles none.
   * A batch that an operator terminates leaves fifty; more suggest a wrong namespace. Raise it temporarily to settle them anyway.
   */
  RECONCILE_SETTLE_MAX: z.coerce.number().int().min(0).max(200).default(50),
  /** Days after which records are deleted; all but notifications are exported to the bucket first. */
  RETENTION_USAGE_DAYS: retentionDays('usage'),
  RETENTION_DELIVERIES_DAYS: retentionDays('deliveries'),
  RETENTION_AUDIT_DAYS: retentionDays('audit'),
  RETENTION_NOTIFICATIONS_DAYS: retentionDays('notifications'),
  /** Port of the Prometheus endpoint; 0 picks a free port. */
  METRICS_PORT: port.default(9_091),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Whether a classifier checks images before they are shown; takes about 65 ms of a core per image. */
  IMAGE_CHECK: z.enum(['on', 'off']).default('on'),
  /** The keys that seal secrets in the database; the same as the API's. */
  SECRETS_KEY_FILE: z.string().min(1).optional(),
  /** Development only: allows webhooks to this machine and without TLS. */
  WEBHOOKS_ALLOW_PRIVATE: z.stringbool().default(false),
  /** Folder of the workflow bundles; container images contain theirs. */
  WORKFLOW_BUNDLE_DIR: z.string().min(1).optional(),
  /** The Worker Deployment that this worker belongs to; the names are those that Temporal's worker controller sets. */
  TEMPORAL_DEPLOYMENT_NAME: z.string().min(1).optional(),
  /** Its version there; by default, the hash of the workflows' bundle. */
  TEMPORAL_WORKER_BUILD_ID: z.string().min(1).optional(),
  /** Resident memory above which the worker drains and exits, for its supervisor to start another one; MiB. */
  MEMORY_LIMIT_MB: z.coerce.number().int().min(64).optional(),
  ...tracingVariables,
  /** The release, in every log entry. */
  AVATAR_STUDIO_VERSION: z.string().min(1).default(RELEASE),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

const schema = settings.refine((env) => env.NODE_ENV !== 'production' || env.SECRETS_KEY_FILE !== undefined, {
  path: ['SECRETS_KEY_FILE'],
  error: 'is required in production',
});

export type WorkerEnv = z.infer<typeof schema>;
export const WORKER_VARIABLES = settings.shape;

/** @throws Error with a one-line message that names each wrong variable and its fault */
export function readWorkerEnv(source: NodeJS.ProcessEnv): WorkerEnv {
  return readVariables(schema, source);
}

/** Days by kind of record. */
export function retentionOf(env: WorkerEnv): Retention {
  return {
    usage: env.RETENTION_USAGE_DAYS,
    deliveries: env.RETENTION_DELIVERIES_DAYS,
    audit: env.RETENTION_AUDIT_DAYS,
    notifications: env.RETENTION_NOTIFICATIONS_DAYS,
  };
}
