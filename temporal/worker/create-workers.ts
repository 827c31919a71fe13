import {
  Worker,
  type NativeConnection,
  type WorkflowBundleWithSourceMap,
  type WorkerOptions,
} from '@temporalio/worker';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Activities } from '#activities/create-activities.ts';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { scrubErrors } from './scrub-errors.ts';
import type { WorkerTracing } from './trace-worker.ts';

interface WorkerSlots {
  /** Concurrent image generations of this process, which mostly wait for a provider. */
  readonly generate: number;
  /** Concurrent activities on the publish queue: mostly CPU work, so as many as there are cores. */
  readonly publish: number;
}

export interface WorkersDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queues: TaskQueues;
  readonly workflowBundle: WorkflowBundleWithSourceMap | { codePath: string };
  readonly activities: Activities;
  readonly slots: WorkerSlots;
  /** The version of these workers; undefined: workers without versions. */
  readonly version?: WorkerDeploymentVersion | undefined;
  /** Undefined while tracing is off. */
  readonly tracing?: WorkerTracing | undefined;
  readonly log: Logger;
}

/** Measured: with the SDK's defaults, the throughput of short workflows is 40 % lower. */
const WORKFLOW_SLOTS = 300;
const WORKFLOW_POLLERS = 20;
const WORKFLOW_CACHE = 3_000;
/** Each slot only waits for a user's server, for at most ten seconds. */
const WEBHOOK_SLOTS = 50;
/** How long a stopping worker lets activities run before it cancels them, and before it stops regardless. */
const SHUTDOWN_GRACE = '5 seconds';
const SHUTDOWN_FORCE = '15 seconds';

/** Creates one worker per task queue. None polls until it is run. */
export async function createWorkers(deps: WorkersDeps): Promise<Worker[]> {
  const { connection, namespace, queues, activities, slots, version, tracing, log } = deps;
  const shared = {
    connection,
    namespace,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
    // The activity's span is the outer one, so that what scrubErrors logs has the trace's id.
    interceptors: { activity: [...(tracing ? [tracing.activity] : []), scrubErrors(log)] },
    ...(tracing && { sinks: tracing.sinks }),
    // Workflows that say nothing else move to the current version (workflows/bundle.ts).
    ...(version && {
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    }),
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
