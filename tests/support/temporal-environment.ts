import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { pino } from 'pino';
import type { Activities } from '#activities/create-activities.ts';
import { taskQueues, type TaskQueues } from '#domain/generation/task-queue.ts';
import { createGenerationWorkflows, type GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { createWorkers } from '#temporal/worker/create-workers.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { sharedStack, uniqueSuffix } from './stack.ts';

export interface TemporalEnvironment {
  readonly client: Client;
  readonly queues: TaskQueues;
  readonly generations: GenerationWorkflows;
  /** Starts all workers on these task queues; `close` stops them. */
  startWorkers(activities: Activities, slots?: { generate: number; publish: number }): Promise<RunningWorkers>;
  close(): Promise<void>;
}

/** Instead of the shared server and namespace. */
export interface TemporalOptions {
  readonly address?: string;
  readonly namespace?: string;
  /** Of the task queues; random by default. */
  readonly suffix?: string;
}

export interface RunningWorkers {
  stop(): Promise<void>;
}

/** Tests cause crashes and cancels on purpose; the SDK's logs about them would hide the test's own output. */
const SDK_LOG_LEVEL = process.env.TEST_LOG_LEVEL === undefined ? 'ERROR' : 'INFO';
Runtime.install({
  logger: new DefaultLogger(SDK_LOG_LEVEL),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: SDK_LOG_LEVEL }), forward: {} } },
});

/** Opens the real client and workers on the shared Temporal server, with unique task queues. */
export async function openTemporalEnvironment(options: TemporalOptions = {}): Promise<TemporalEnvironment> {
  const shared = sharedStack();
  const { address = shared.temporalAddress, namespace = shared.temporalNamespace } = options;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace });
  const queues = taskQueues(options.suffix ?? `-${uniqueSuffix()}`);
  const running: RunningWorkers[] = [];
  return {
    client,
    queues,
    generations: createGenerationWorkflows({ client, queues }),
    async startWorkers(activities, slots = { generate: 8, publish: 2 }) {
      const workers = await createWorkers({
        connection: native,
        namespace,
        queues,
        workflowBundle: await workflowBundle(),
        activities,
        slots,
        log: pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
      });
      const started = run(workers);
      running.push(started);
      return started;
    },
    async close() {
      await Promise.all(running.map((workers) => workers.stop()));
      await native.close();
      await connection.close();
    },
  };
}

function run(workers: Worker[]): RunningWorkers {
  const done = Promise.all(workers.map((worker) => worker.run()));
  let stopping = false;
  return {
    async stop() {
      if (!stopping) for (const worker of workers) worker.shutdown();
      stopping = true;
      await done;
    },
  };
}
