import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '../domain/task-queue.ts';
import type { reconcile } from '../workflows/reconcile.ts';
import { reconcilerScheduleId } from './reconciler.ts';

/** How soon somebody notices what was left behind. */
const RECONCILE_EVERY = '30 seconds';

/** Makes the Schedules exist as written here; safe to call from every worker at once. */
export async function ensureSchedules(client: Client, queues: TaskQueues): Promise<void> {
  const scheduleId = reconcilerScheduleId(queues);
  const options = {
    spec: { intervals: [{ every: RECONCILE_EVERY }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'reconcile',
      workflowId: `reconcile-${queues.workflows}`,
      taskQueue: queues.workflows,
      args: [] as Parameters<typeof reconcile>,
      workflowExecutionTimeout: '10 minutes',
      staticSummary: 'Settles what was left behind',
    },
  };
  try {
    await client.schedule.create({ scheduleId, ...options });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update((previous) => ({ ...options, state: previous.state }));
  }
}
