import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { reconcilerScheduleId } from './reconciler.ts';

/** A workflow that a Schedule runs at an interval, one run at a time. */
interface ScheduledWorkflow {
  readonly scheduleId: string;
  readonly workflowType:
    | 'reconcile'
    | 'emptyTrash'
    | 'checkProviders'
    | 'auditLedger'
    | 'inventoryBucket'
    | 'expireRecords';
  readonly workflowId: string;
  readonly every: '30 seconds' | '1 minute' | '10 minutes' | '1 hour' | '1 day' | '7 days';
  /** A longer run is terminated; the next one continues its work. */
  readonly timeout: '10 minutes' | '1 day' | '3 days';
  readonly summary: string;
}

function scheduledWorkflows(queues: TaskQueues): ScheduledWorkflow[] {
  const { workflows } = queues;
  return [
    {
      scheduleId: reconcilerScheduleId(queues),
      workflowType: 'reconcile',
      workflowId: `reconcile-${workflows}`,
      every: '30 seconds',
      timeout: '10 minutes',
      summary: 'Repairs what crashes left behind',
    },
    {
      scheduleId: `empty-trash-${workflows}`,
      workflowType: 'emptyTrash',
      workflowId: `empty-trash-${workflows}`,
      every: '1 hour',
      timeout: '1 day',
      summary: 'Permanently deletes avatars whose time in the trash is over',
    },
    {
      scheduleId: `check-providers-${workflows}`,
      workflowType: 'checkProviders',
      workflowId: `check-providers-${workflows}`,
      every: '1 minute',
      timeout: '10 minutes',
      summary: 'Sends each provider a free health check',
    },
    {
      scheduleId: `audit-ledger-${workflows}`,
      workflowType: 'auditLedger',
      workflowId: `audit-ledger-${workflows}`,
      every: '10 minutes',
      timeout: '10 minutes',
      summary: 'Checks the ledger for violations',
    },
    {
      scheduleId: `inventory-bucket-${workflows}`,
      workflowType: 'inventoryBucket',
      workflowId: `inventory-bucket-${workflows}`,
      every: '7 days',
      timeout: '3 days',
      summary: 'Compares the bucket with the database',
    },
    {
      scheduleId: `expire-records-${workflows}`,
      workflowType: 'expireRecords',
      workflowId: `expire-records-${workflows}`,
      every: '1 day',
      timeout: '1 day',
      summary: 'Exports and deletes records by age',
    },
  ];
}

/** Ids of all Schedules on these queues, to pause or delete them together. */
export function scheduleIds(queues: TaskQueues): string[] {
  return scheduledWorkflows(queues).map(({ scheduleId }) => scheduleId);
}

/** Creates or updates the Schedules. Safe to call from several workers concurrently. */
export async function ensureSchedules(client: Client, queues: TaskQueues): Promise<void> {
  for (const scheduled of scheduledWorkflows(queues)) await ensure(client, queues, scheduled);
}

async function ensure(client: Client, queues: TaskQueues, scheduled: ScheduledWorkflow): Promise<void> {
  const { scheduleId, workflowType, workflowId, every, timeout, summary } = scheduled;
  const options = {
    spec: { intervals: [{ every }] },
    // Missed runs are not made up: the next one repairs everything.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' as const },
    action: {
      type: 'startWorkflow' as const,
      workflowType,
      workflowId,
      taskQueue: queues.workflows,
      args: [],
      workflowExecutionTimeout: timeout,
      staticSummary: summary,
    },
  };
  try {
    await client.schedule.create({ scheduleId, ...options });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // With its state: a Schedule that an operator paused stays paused.
    await client.schedule.getHandle(scheduleId).update((previous) => ({ ...options, state: previous.state }));
  }
}
