import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { createActivities, type ActivityDeps } from '#activities/create-activities.ts';
import { createDecoder } from '#activities/image/decoder/decoder.ts';
import { createWakeups } from '#activities/generate/wakeups.ts';
import type { GenerateImageInput, SavedImage, StagedImage } from '#activities/activity-types.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { WorkflowControl } from '#activities/workflow-control.ts';
import type { Stack } from '#stack/stack.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import type { Generate } from './round.ts';

/** The worker's own defaults. */
const HEARTBEAT_TIMEOUT_MS = 30_000;
const GENERATION_TIMEOUT_MS = 120_000;

/** Used only by the reconciler and by priority changes. */
const NO_ENGINE: WorkflowControl = {
  start: async () => 'running',
  startBatch: async () => 'running',
  batchStateOf: () => Promise.resolve('closed'),
  stateOf: () => Promise.resolve('closed'),
  cancel: () => Promise.resolve(false),
  terminate: async () => false,
  terminateBatch: async () => false,
  erase: () => Promise.resolve(false),
  setPriority: () => Promise.resolve(false),
  setActivityPriority: () => Promise.resolve(),
};

/**
 * The steps of one avatar, called one after the other: the same functions on the same database and bucket, but without an engine, so
 * nothing survives a crash.
 */
export function createSteps({ storage }: Stack, database: Database, providers: ActivityDeps['providers']): Generate {
  const { local, generate } = createActivities({
    database,
    store: createGcsImageStore({
      bucket: storage.bucket,
      endpoint: storage.endpoint,
      credentials: { clientEmail: storage.clientEmail ?? '', privateKey: storage.privateKey ?? '' },
    }),
    providers,
    workflows: NO_ENGINE,
    webhookSender: {
      openSecret: (stored) => stored,
      send: async () => ({ kind: 'unreachable' }),
      startDelivery: async () => undefined,
    },
    wakeups: createWakeups(),
    decoder: createDecoder(),
    measurements: createMetrics().measurements,
    log: pino({ level: 'warn' }),
    heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    generationTimeoutMs: GENERATION_TIMEOUT_MS,
    reconcileAfterMs: 0,
    settleMax: 0,
  });
  return async ({ id: generationId }) => {
    const { admission } = await local.admit({ generationId });
    const [candidate] = admission?.plan ?? [];
    if (candidate === undefined) throw new Error(`Generation ${generationId} was not admitted`);
    // Two steps need an activity's context: for heartbeats, which are not sent anywhere here, and for their cancellation.
    const environment = new MockActivityEnvironment();
    const input: GenerateImageInput = { generationId, ordinal: 0, ...candidate };
    const staged = (await environment.run(generate.generateImage, input)) as StagedImage;
    const saved = (await environment.run(local.saveImage, { generationId, staged })) as SavedImage;
    const { kind } = await local.recordAvatar({ generationId, saved });
    if (kind !== 'recorded') throw new Error(`Generation ${generationId} was not recorded`);
    return {};
  };
}
