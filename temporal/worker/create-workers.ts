import {
  Worker,
  type NativeConnection,
  type WorkflowBundleWithSourceMap,
  type WorkerOptions,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from '#activities/create-activities.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { scrubErrors } from './scrub-errors.ts';

interface WorkerSlots {
  /** Images painted at once by this process: mostly waiting for a provider. */
  readonly generate: number;
  /** Images published at once on the slow road: mostly CPU, so as many as cores. */
  readonly publish: number;
}

export interface WorkersDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queues: TaskQueues;
  readonly workflowBundle: WorkflowBundleWithSourceMap | { codePath: string };
  readonly activities: Activities;
  readonly slots: WorkerSlots;
  readonly log: Logger;
}

/** Measured: the SDK's own figures cost two fifths of the throughput of short workflows. */
const WORKFLOW_SLOTS = 300;
const WORKFLOW_POLLERS = 20;
const WORKFLOW_CACHE = 3_000;
/** Each only waits for somebody else's server, ten seconds at most. */
const WEBHOOK_SLOTS = 50;
/** What a stopping worker gives its activities before they are told; and before it is stopped regardless. */
const SHUTDOWN_GRACE = '5 seconds';
const SHUTDOWN_FORCE = '15 seconds';

/** One worker a queue, in one process. None polls until it is run. */
export async function createWorkers(deps: WorkersDeps): Promise<Worker[]> {
  const { connection, namespace, queues, activities, slots, log } = deps;
  const shared = {
    connection,
    namespace,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
    interceptors: { activity: [scrubErrors(log)] },
  } satisfies Partial<WorkerOptions>;
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: queues.workflows,
      workflowBundle: deps.workflowBundle,
      activities: { ...activities.local, ...activities.publish },
      maxConcurrentWorkflowTaskExecutions: WORKFLOW_SLOTS,
      maxConcurrentLocalActivityExecutions: WORKFLOW_SLOTS,
      maxConcurrentWorkflowTaskPolls: WORKFLOW_POLLERS,
      maxCachedWorkflows: WORKFLOW_CACHE,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.generate,
      activities: activities.generate,
      maxConcurrentActivityTaskExecutions: slots.generate,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.publish,
      activities: activities.publish,
      maxConcurrentActivityTaskExecutions: slots.publish,
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.webhooks,
      activities: activities.webhooks,
      maxConcurrentActivityTaskExecutions: WEBHOOK_SLOTS,
    }),
  ]);
}
