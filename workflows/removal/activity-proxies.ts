import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

/** A run starts no call after ten seconds, and a call ends within twenty. After this, a dead worker's run is retried elsewhere. */
const RUN_TIMEOUT = '45 seconds';
/** Runs of one drain, of 200 objects each: more than any account has. The sweep would remove the rest. */
const RUNS_MAX = 2_000;

type RemovalActivities = Pick<
  PublishActivities,
  'purgeTrash' | 'removeOrphanedObjects' | 'removeAllObjects' | 'stopGenerations'
>;

/** Retried without a limit: objects that should be removed must not stay because the bucket was unavailable. */
export function removal(): RemovalActivities {
  return proxyActivities<RemovalActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: RUN_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  });
}

/** Runs an activity until it removes nothing more. @returns the number of objects removed */
export async function drain(run: () => Promise<{ readonly removed: number }>): Promise<number> {
  let total = 0;
  for (let runs = 0; runs < RUNS_MAX; runs += 1) {
    const { removed } = await run();
    if (removed === 0) break;
    total += removed;
  }
  return total;
}
