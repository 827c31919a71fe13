import { randomUUID } from 'node:crypto';
import { createActivities, type Activities, type ActivityDeps } from '#activities/create-activities.ts';
import { createDecoder, type Decoder } from '#activities/image/decoder/decoder.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createProviders } from '#activities/providers/create-providers.ts';
import type { ImageModerator } from '#activities/moderation/port.ts';
import { createWakeups, type Wakeups } from '#activities/generate/wakeups.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import type { WorkflowControl } from '#activities/workflow-control.ts';
import { createSendGuarded } from '#activities/webhooks/send-guarded.ts';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import type { Budgets } from '#domain/provider/budget.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ProviderEnvironment } from '#domain/provider/provider-variables.ts';
import type { Tier } from '#domain/generation/tier.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { audit, oldestHoldAgeSeconds } from '#drizzle/ledger/audit.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { createDeliveryStarter } from '#temporal/client/delivery-starter.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import { createWorkflowControl } from '#temporal/worker/create-workflow-control.ts';
import type { StorageSettings } from '#stack/stack.ts';
import {
  createFakeReplicate,
  type FakeReplicate,
  type FakeReplicateOptions,
} from '../fakes/replicate/fake-replicate.ts';
import { pollSooner } from './poll-sooner.ts';
import { age, openEmptyAccount } from './as-owner.ts';
import { testSecretBox } from './secret-box.ts';
import { createTestBucket, createTestDatabase, type TestDatabase } from './stack.ts';
import { until } from './until.ts';
import { workerLog } from './worker-log.ts';
import {
  openTemporalEnvironment,
  type RunningWorkers,
  type TemporalEnvironment,
  type TemporalOptions,
} from './temporal-environment.ts';
import { type TestUser, type GenerationInput, insertRequest } from './insert-request.ts';

export interface StudioOptions {
  readonly heartbeatTimeoutMs?: number;
  readonly generationTimeoutMs?: number;
  readonly deadlineMs?: number;
  readonly settleMax?: number;
  readonly stuckAfterMs?: number;
  readonly partLimits?: ActivityDeps['partLimits'];
  readonly inventoryGraceMs?: number;
  /** The workers' clock. */
  readonly now?: () => number;
  readonly temporal?: TemporalOptions;
  /** Instead of a new database or bucket on the shared stack. */
  readonly database?: Omit<TestDatabase, 'drop'>;
  readonly storage?: StorageSettings;
  readonly slots?: { generate: number; publish: number };
  readonly moderator?: ImageModerator;
  readonly budgets?: Budgets;
  readonly fakeReplicate?: FakeReplicateOptions;
  /** The URL that Replicate sends its webhooks to. */
  readonly replicateWebhookUrl?: string;
  /** Of other providers, such as another fake. */
  readonly providerVariables?: ProviderEnvironment;
  /** Wrappers between the activities and the real database, bucket or providers. */
  readonly wrapDatabase?: (database: Database) => Database;
  readonly wrapStore?: (store: ImageStore) => ImageStore;
  readonly wrapWorkflows?: (workflows: WorkflowControl) => WorkflowControl;
  readonly wrapProvider?: (provider: ImageProvider) => ImageProvider;
  /** Longest pause before a poll; Infinity: the providers' own pauses, which are as long as a real image takes. */
  readonly longestPollPauseMs?: number;
}

export interface Studio {
  /** With the role that may do what API and worker may. */
  readonly database: Database;
  /** For an API on this studio. */
  readonly apiDatabase: Database;
  readonly store: ImageStore;
  readonly temporal: TemporalEnvironment;
  readonly replicate: FakeReplicate;
  readonly activities: Activities;
  readonly wakeups: Wakeups;
  readonly decoder: Decoder;
  startWorkers(slots?: { generate: number; publish: number }): Promise<RunningWorkers>;
  user(options?: { tier?: Tier; credits?: number }): Promise<TestUser>;
  /** Inserts a request and starts its workflow, as the API does. */
  generate(user: TestUser, input?: GenerationInput): Promise<{ id: string; outcome: AdmissionOutcome | undefined }>;
  /** Inserts only the request: the state after a crash right after the first statement of a POST. */
  insertRequest(user: TestUser, input?: GenerationInput): Promise<string>;
  admit(id: string): Promise<AdmissionOutcome | undefined>;
  /** Backdates a generation. */
  age(id: string, byMs: number): Promise<void>;
  /** Waits until the generation is final. @returns its row */
  ended(id: string, timeoutMs?: number): Promise<Generation>;
  credits(user: TestUser): Promise<{ posted: number; held: number }>;
  transfers(id: string): Promise<string[]>;
  /** The names of all objects in the bucket. */
  objects(): Promise<string[]>;
  /** The value of one of the worker's Prometheus metrics, e.g. `avatar_stage_duration_seconds_count`; 0 when it has none. */
  metric(name: string, labels: Record<string, string>): Promise<number>;
  /** What an audit of the ledger finds. */
  violations(): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Opens everything but the API in this process, with real Postgres, Temporal, bucket and workers, and the fake Replicate. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const [testDatabase, bucket, temporal, replicate] = await Promise.all([
    options.database ? { ...options.database, drop: async () => undefined } : createTestDatabase(),
    options.storage ?? createTestBucket(),
    openTemporalEnvironment(options.temporal),
    createFakeReplicate(options.fakeReplicate),
  ]);
  const database = createDatabase({ url: testDatabase.url, poolSize: 20, applicationName: 'test-studio' });
  const { apiUrl, workerUrl } = testDatabase;
  const apiDatabase = createDatabase({ url: apiUrl, poolSize: 20, applicationName: 'test-studio API' });
  const workerDatabase = createDatabase({ url: workerUrl, poolSize: 20, applicationName: 'test-studio worker' });
  const store = createGcsImageStore({
    bucket: bucket.bucket,
    endpoint: bucket.endpoint,
    credentials: { clientEmail: bucket.clientEmail!, privateKey: bucket.privateKey! },
  });
  const providers = createProviders({
    REPLICATE_API_TOKEN: replicate.token,
    REPLICATE_BASE_URL: replicate.url,
    REPLICATE_WEBHOOK_URL: options.replicateWebhookUrl,
    ...options.providerVariables,
  });
  const wrapped = [...providers.values()]
    .map(options.wrapProvider ?? ((provider) => provider))
    .map((provider) => pollSooner(provider, options.longestPollPauseMs));
  const { registry, measurements } = createMetrics(() => oldestHoldAgeSeconds(workerDatabase));
  const wakeups = createWakeups();
  const decoder = createDecoder();
  const activities = createActivities({
    database: options.wrapDatabase?.(workerDatabase) ?? workerDatabase,
    store: options.wrapStore?.(store) ?? store,
    providers: new Map(wrapped.map((provider): [ProviderName, ImageProvider] => [provider.name, provider])),
    workflows: (options.wrapWorkflows ?? ((control) => control))(
      createWorkflowControl(temporal.client, temporal.generations),
    ),
    webhookSender: {
      openSecret: testSecretBox.open,
      send: createSendGuarded({ allowPrivate: true }),
      startDelivery: createDeliveryStarter({ client: temporal.client, queues: temporal.queues }),
    },
    wakeups,
    moderator: options.moderator,
    decoder,
    budgets: options.budgets,
    measurements,
    log: workerLog(),
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 30_000,
    generationTimeoutMs: options.generationTimeoutMs ?? 30_000,
    reconcileAfterMs: 0,
    settleMax: options.settleMax ?? 50,
    stuckAfterMs: options.stuckAfterMs,
    partLimits: options.partLimits,
    inventoryGraceMs: options.inventoryGraceMs,
    now: options.now,
    deadlineMs: options.deadlineMs,
  });

  const metric = async (name: string, labels: Record<string, string>) => {
    const { values } = (await registry.getSingleMetric(metricOf(name))!.get()) as { values: MetricValue[] };
    const found = values.find(
      (value) =>
        (value.metricName ?? name) === name &&
        Object.entries(labels).every(([key, text]) => value.labels[key] === text),
    );
    return found?.value ?? 0;
  };

  const admit = async (id: string) => {
    const row = await readGeneration(database, id);
    const { createdAt, accountId, projectId, tier, sourceType, priority, admissionNumber } = row!;
    return temporal.generations.admit({
      generationId: id,
      createdAt,
      accountId,
      projectId: projectId!,
      tier,
      sourceType,
      priority,
      admissionNumber,
    });
  };

  return {
    database,
    apiDatabase,
    store,
    temporal,
    replicate,
    activities,
    wakeups,
    decoder,
    admit,
    metric,
    insertRequest: (user, input = {}) => insertRequest({ database, store }, user, input),
    age: (id, byMs) => age(testDatabase.ownerUrl, id, byMs),
    startWorkers: (slots = options.slots) => temporal.startWorkers(activities, slots),
    async user({ tier = 'free', credits = 100 } = {}) {
      const accountId = await openEmptyAccount(testDatabase.ownerUrl, tier);
      if (credits > 0) await topup(database, { accountId, amount: credits, reference: accountId });
      const { project } = await createProject(database, { id: randomUUID(), accountId, name: 'Test', description: '' });
      return { accountId, projectId: project.id, tier };
    },
    async generate(user, input = {}) {
      const id = await insertRequest({ database, store }, user, input);
      return { id, outcome: await admit(id) };
    },
    ended: (id, timeoutMs) =>
      until(
        async () => {
          const row = await readGeneration(database, id);
          return row && isFinal(row.status) ? row : undefined;
        },
        { timeoutMs, what: `the end of generation ${id}` },
      ),
    async credits({ accountId }) {
      const [row] = await database.call<{ posted: string; held: string }>(
        'test.credits',
        'SELECT posted, held FROM accounts WHERE id = $1',
        [accountId],
      );
      return { posted: Number(row?.posted), held: Number(row?.held) };
    },
    async transfers(id) {
      const rows = await database.call<{ kind: string }>(
        'test.transfers',
        'SELECT kind FROM credit_transfers WHERE generation_id = $1 ORDER BY created_at, kind DESC',
        [id],
      );
      return rows.map(({ kind }) => kind);
    },
    objects: async () => (await store.list('')).map(({ name }) => name).toSorted(),
    violations: () => audit(database),
    async close() {
      await temporal.close();
      decoder.close();
      await replicate.stop();
      await Promise.all([database, apiDatabase, workerDatabase].map((one) => one.close()));
      await testDatabase.drop();
    },
  };
}

interface MetricValue {
  readonly value: number;
  readonly metricName?: string;
  readonly labels: Record<string, string>;
}

/** Histograms are registered without their suffix. */
function metricOf(name: string): string {
  return name.replace(/_(count|sum|bucket)$/u, '');
}
