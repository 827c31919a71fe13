import { z } from 'zod';
import { misspelledVariables } from '#domain/configuration/misspelled-variables.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const dollars = z.coerce.number().min(0);

/**
 * What the worker reads from its environment. Temporal's own settings (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS, API
 * key, profiles) are read by Temporal's envconfig.
 */
const schema = z.object({
  DATABASE_URL: z.url(),
  /** Direct to the server: a pooler loses LISTEN. */
  DATABASE_LISTEN_URL: z.url().optional(),
  /** Put behind the queues' names, for two installations (or a test) in one namespace; the API has the same. */
  TASK_QUEUE_SUFFIX: z
    .string()
    .regex(/^[a-z0-9-]*$/)
    .default(''),
  TEMPORAL_UI_URL: z.url().optional(),
  GCS_ENDPOINT: z.url().optional(),
  GCS_BUCKET: z.string().min(1),
  GCS_CLIENT_EMAIL: z.string().optional(),
  GCS_PRIVATE_KEY_FILE: z.string().optional(),
  REPLICATE_API_TOKEN: z.string().min(1).optional(),
  REPLICATE_BASE_URL: z.url().optional(),
  /** The API's /api/v1/webhooks/replicate as Replicate reaches it; without it, workers ask now and then. */
  REPLICATE_WEBHOOK_URL: z.url({ protocol: /^https$/ }).optional(),
  FAL_KEY: z.string().min(1).optional(),
  FAL_QUEUE_URL: z.url().optional(),
  FAL_API_URL: z.url().optional(),
  HF_TOKEN: z.string().min(1).optional(),
  HF_BASE_URL: z.url().optional(),
  HF_HUB_URL: z.url().optional(),
  /** US dollars a day (UTC) for paid providers, all together and each; unset: no bound. */
  PROVIDER_BUDGET_USD_DAY: dollars.optional(),
  REPLICATE_BUDGET_USD_DAY: dollars.optional(),
  FAL_BUDGET_USD_DAY: dollars.optional(),
  HF_BUDGET_USD_DAY: dollars.optional(),
  /** Images painted at once by this process. */
  GENERATE_SLOTS: z.coerce.number().int().min(1).max(1_000).default(16),
  /** Images published at once on the slow road; the cores by default. */
  PUBLISH_SLOTS: z.coerce.number().int().min(1).max(256).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(20),
  /** How soon a provider's dead worker is noticed. Shorter costs a billed heartbeat in shorter paintings. */
  HEARTBEAT_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(600_000).default(30_000),
  /** Overrides every tier's deadline; for tests and emergencies. */
  DEADLINE_MS: z.coerce.number().int().min(1_000).optional(),
  /** A provider that has not delivered after this is cancelled and the next one asked. */
  GENERATION_TIMEOUT_MS: z.coerce.number().int().min(500).max(200_000).default(120_000),
  /** An unfinished row that nobody touched for this long is looked at by the reconciler. */
  RECONCILE_AFTER_MS: z.coerce.number().int().min(0).default(60_000),
  /**
   * Generations whose workflow is gone that one round of the reconciler settles at most; where more are gone, none. A batch that an
   * operator ended is fifty at once; more look like a wrong namespace. Raise it for a while to settle them all the same.
   */
  RECONCILE_SETTLE_MAX: z.coerce.number().int().min(0).max(200).default(50),
  /** Prometheus; 0 picks a free port. */
  METRICS_PORT: port.default(9_091),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Whether images are looked at by a classifier before they are shown; costs about 65 ms of a core each. */
  IMAGE_CHECK: z.enum(['on', 'off']).default('on'),
  /** Development only: webhooks may go to this machine, and without TLS. */
  WEBHOOKS_ALLOW_PRIVATE: z.stringbool().default(false),
  /** Where the bundled workflows are kept; images bring theirs along. */
  WORKFLOW_BUNDLE_DIR: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type WorkerEnv = z.infer<typeof schema>;
export const WORKER_VARIABLES = Object.keys(schema.shape);

/** @throws Error with one readable line for each wrong variable */
export function readWorkerEnv(source: NodeJS.ProcessEnv): WorkerEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const misspelled = misspelledVariables(Object.keys(given));
  if (parsed.success && misspelled.length === 0) return parsed.data;
  const invalid = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const lines = [...misspelled, ...invalid].map((line) => `  ${line}`);
  throw new Error(`The worker's environment is not usable:\n${lines.join('\n')}`);
}
