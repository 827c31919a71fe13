import { type Client, isGrpcDeadlineError } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type Worker } from '@temporalio/worker';
import type { Activities } from '#activities/create-activities.ts';
import { taskQueues, type TaskQueues } from '#domain/generation/task-queue.ts';
import { createGenerationWorkflows, type GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { createWorkers, type WorkersDeps } from '#temporal/worker/create-workers.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { sharedStack, uniqueSuffix } from './stack.ts';
import { workerLog } from './worker-log.ts';
import { lightenSandbox } from './lighten-sandbox.ts';

export interface TemporalEnvironment {
  readonly client: Client;
  readonly queues: TaskQueues;
  readonly generations: GenerationWorkflows;
  /** Starts all workers on these task queues; `close` stops them. The bundle is the product's by default. */
  startWorkers(
    activities: Activities,
    slots?: WorkersDeps['slots'],
    bundle?: WorkersDeps['workflowBundle'],
    version?: WorkersDeps['version'],
  ): Promise<RunningWorkers>;
  close(): Promise<void>;
}

/** Instead of the shared server and namespace. */
export interface TemporalOptions {
  readonly address?: string;
  readonly namespace?: string;
  /** Of the task queues; random by default. */
  readonly suffix?: string;
  /** How long an admission is waited for, ms; as in production by default. */
  readonly admissionWaitMs?: number;
}

export interface RunningWorkers {
  stop(): Promise<void>;
}

/** How often a signal is sent that the server does not answer in time. */
const SIGNAL_TRIES = 5;

/** Tests cause crashes and cancels on purpose; the SDK's logs about them would hide the test's own output. */
const SDK_LOG_LEVEL = process.env.TEST_LOG_LEVEL === undefined ? 'ERROR' : 'INFO';
Runtime.install({
  logger: new DefaultLogger(SDK_LOG_LEVEL),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: SDK_LOG_LEVEL }), forward: {} } },
});

if (process.env['TEMPORAL_DEBUG']) lightenSandbox();

/** Opens the real client and workers on the shared Temporal server, which has no time skipping, with unique task queues. */
export async function openTemporalEnvironment(options: TemporalOptions = {}): Promise<TemporalEnvironment> {
  const address = options.address ?? sharedStack().temporalAddress;
  const namespace = options.namespace ?? sharedStack().temporalNamespace;
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address, namespace });
  const { client } = environment;
  const { admissionWaitMs } = options;
  const queues = taskQueues(options.suffix ?? `-${uniqueSuffix()}`);
  const running: RunningWorkers[] = [];
  return {
    client,
    queues,
    generations: resending(
      createGenerationWorkflows({ client, queues, ...(admissionWaitMs !== undefined && { admissionWaitMs }) }),
    ),
    async startWorkers(activities, slots = { generate: 8, publish: 2 }, bundle, version) {
      const workers = await createWorkers({
        connection: environment.nativeConnection,
        namespace,
        queues,
        workflowBundle: bundle ?? (await workflowBundle()),
        activities,
        slots,
        version,
        log: workerLog(),
      });
      const started = run(workers);
      running.push(started);
      return started;
    },
    async close() {
      await Promise.all(running.map((workers) => workers.stop()));
      await environment.teardown();
    },
  };
}

/** Sends a signal again that the server of a busy machine did not answer in time: twice means the same as once. */
function resending(workflows: GenerationWorkflows): GenerationWorkflows {
  return {
    ...workflows,
    cancel: (...signal) => answered(() => workflows.cancel(...signal)),
    setPriority: (...signal) => answered(() => workflows.setPriority(...signal)),
  };
}

async function answered(send: () => Promise<boolean>): Promise<boolean> {
  for (let left = SIGNAL_TRIES; ; left -= 1) {
    try {
      return await send();
    } catch (error) {
      const isLate = error instanceof TemporalUnavailable && isGrpcDeadlineError((error.cause as Error).cause);
      if (left === 1 || !isLate) throw error;
    }
  }
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
