import { ScheduleNotFoundError, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { TemporalUnavailable } from './temporal-unavailable.ts';

const CALL_TIMEOUT_MS = 3_000;

/** Triggers the reconciler's Schedule. */
export interface Reconciler {
  /** Runs the reconciler now, unless it is running. @throws TemporalUnavailable, also if no worker has created the Schedule yet */
  trigger(): Promise<void>;
}

/** The Schedule's id on these queues. */
export function reconcilerScheduleId(queues: TaskQueues): string {
  return `reconciler-${queues.workflows}`;
}

export function createReconciler({ client, queues }: { client: Client; queues: TaskQueues }): Reconciler {
  return {
    async trigger() {
      const handle = client.schedule.getHandle(reconcilerScheduleId(queues));
      try {
        await client.connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
          handle.trigger(ScheduleOverlapPolicy.SKIP),
        );
      } catch (error) {
        const message =
          error instanceof ScheduleNotFoundError ? 'The Schedule does not exist yet' : 'Temporal does not respond';
        throw new TemporalUnavailable(message, { cause: error });
      }
    },
  };
}
