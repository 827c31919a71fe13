import { join } from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { startChild } from '#stack/child-process.ts';
import { serverEnvironment } from '#stack/inherited-environment.ts';
import { createPortChooser } from '#stack/ports.ts';
import { waitUntil } from '#stack/wait-until.ts';
import { createGenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { scheduleIds } from '#temporal/client/schedules.ts';
import { countActions } from '#tests/support/action-counter.ts';
import type { BenchStudio, GenerateRequest } from './bench-studio.ts';
import { listenForDeliveries } from './deliveries.ts';

const PROJECT_DIR = join(import.meta.dirname, '..');
/** Bundling the workflows takes seconds the first time. */
const START_TIMEOUT_MS = 120_000;
const HEALTH_TIMEOUT_MS = 1_000;

/** The complete path: API, Temporal, and a separate worker process. */
export interface Engine {
  /** Resolves when the image is delivered. @throws when it is not admitted or fails */
  generate(request: GenerateRequest): Promise<void>;
  /** Billed actions so far, by type. */
  actions(): Promise<Map<string, number>>;
  readonly workerPid: number;
  stop(): Promise<void>;
}

/** @param slots images that are generated at once, as the worker's GENERATE_SLOTS */
export async function startEngine({ stack, database }: BenchStudio, slots: number): Promise<Engine> {
  const port = await createPortChooser(() => undefined).choose("the worker's metrics", 0);
  const { storage, temporalAddress: address, temporalNamespace: namespace, temporalMetricsUrl } = stack;
  const worker = await startChild(
    {
      name: 'worker',
      command: process.execPath,
      args: ['temporal/worker/worker.ts'],
      cwd: PROJECT_DIR,
      env: serverEnvironment(process.env, {
        DATABASE_URL: stack.databaseUrl,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: namespace,
        GCS_ENDPOINT: storage.endpoint ?? '',
        GCS_BUCKET: storage.bucket,
        GCS_CLIENT_EMAIL: storage.clientEmail ?? '',
        GCS_PRIVATE_KEY_FILE: storage.privateKeyFile ?? '',
        GENERATE_SLOTS: String(slots),
        METRICS_PORT: String(port),
        LOG_LEVEL: 'warn',
      }),
    },
    join(stack.dataDir, 'logs', 'worker.log'),
  );
  try {
    await waitUntil({ what: 'the worker becoming healthy', timeoutMs: START_TIMEOUT_MS }, async () => {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      return (await fetch(`http://127.0.0.1:${port}/healthz`, { signal })).ok;
    });
    const connection = await Connection.connect({ address });
    const client = new TemporalClient({ connection, namespace });
    const queues = taskQueues();
    // Their runs are billed as well, and none of them belongs to an avatar.
    for (const id of scheduleIds(queues)) await client.schedule.getHandle(id).pause('bench');
    const generations = createGenerationWorkflows({ client, queues });
    const deliveries = await listenForDeliveries(stack.databaseListenUrl, database);
    return {
      workerPid: worker.pid,
      async generate({ id, accountId, projectId }) {
        const delivered = deliveries.of(id);
        delivered.catch(() => undefined); // not awaited when the generation is not admitted
        const outcome = await generations.admit({
          generationId: id,
          admissionNumber: 0,
          accountId,
          projectId,
          tier: 'service',
          sourceType: 'text_to_image',
          priority: 1,
        });
        if (outcome?.kind !== 'admitted')
          throw new Error(`Generation ${id} was not admitted: ${JSON.stringify(outcome)}`);
        await delivered;
      },
      actions: () => countActions(temporalMetricsUrl ?? '', namespace),
      async stop() {
        await deliveries.close();
        await connection.close();
        await worker.stop();
      },
    };
  } catch (error) {
    await worker.stop();
    throw error;
  }
}
