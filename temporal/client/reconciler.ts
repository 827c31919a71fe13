import { ScheduleNotFoundError, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '#domain/generation/task-queue.ts';
import { TemporalUnavailable } from './generation-workflows.ts';

const CALL_TIMEOUT_MS = 3_000;

/** The client's side of the reconciler's Schedule. */
export interface Reconciler {
  /** Has it run now; while it runs already, nothing. @throws TemporalUnavailable, also while no worker ever made the Schedule */
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
        const what =
          error instanceof ScheduleNotFoundError ? 'The Schedule is not there yet' : 'Temporal does not answer';
        throw new TemporalUnavailable(what, { cause: error });
      }
    },
  };
}
