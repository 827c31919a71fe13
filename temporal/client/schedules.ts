import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { reconcilerScheduleId } from './reconciler.ts';

/** Something that happens again and again, one run at a time. */
interface Routine {
  readonly scheduleId: string;
  readonly workflowType: 'reconcile' | 'emptyTrash' | 'checkProviders' | 'auditLedger';
  readonly workflowId: string;
  readonly every: '30 seconds' | '1 minute' | '10 minutes' | '1 hour';
  /** A run that takes longer is ended; the next one goes on. */
  readonly timeout: '10 minutes' | '1 day';
  readonly summary: string;
}

function routinesOf(queues: TaskQueues): Routine[] {
  const { workflows } = queues;
  return [
    {
      scheduleId: reconcilerScheduleId(queues),
      workflowType: 'reconcile',
      workflowId: `reconcile-${workflows}`,
      every: '30 seconds',
      timeout: '10 minutes',
      summary: 'Settles what was left behind',
    },
    {
      scheduleId: `empty-trash-${workflows}`,
      workflowType: 'emptyTrash',
      workflowId: `empty-trash-${workflows}`,
      every: '1 hour',
      timeout: '1 day',
      summary: 'Deletes for good what has lain in the trash for its days',
    },
    {
      scheduleId: `check-providers-${workflows}`,
      workflowType: 'checkProviders',
      workflowId: `check-providers-${workflows}`,
      every: '1 minute',
      timeout: '10 minutes',
      summary: 'Asks each provider something free',
    },
    {
      scheduleId: `audit-ledger-${workflows}`,
      workflowType: 'auditLedger',
      workflowId: `audit-ledger-${workflows}`,
      every: '10 minutes',
      timeout: '10 minutes',
      summary: 'Looks for what must never be in the ledger',
    },
  ];
}

/** Of all Schedules on these queues, to pause or delete them together. */
export function scheduleIds(queues: TaskQueues): string[] {
  return routinesOf(queues).map(({ scheduleId }) => scheduleId);
}

/** Makes the Schedules exist as written here; safe to call from every worker at once. */
export async function ensureSchedules(client: Client, queues: TaskQueues): Promise<void> {
  for (const routine of routinesOf(queues)) await ensure(client, queues, routine);
}

async function ensure(client: Client, queues: TaskQueues, routine: Routine): Promise<void> {
  const { scheduleId, workflowType, workflowId, every, timeout, summary } = routine;
  const options = {
    spec: { intervals: [{ every }] },
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
    await client.schedule.getHandle(scheduleId).update((previous) => ({ ...options, state: previous.state }));
  }
}
