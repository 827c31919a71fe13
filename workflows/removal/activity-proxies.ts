import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

/** One run begins nothing after ten seconds, and a slow call ends in twenty; a dead worker's run is given to another one after this. */
const RUN_TIMEOUT = '45 seconds';
/** Runs of one draining. Two hundred objects each: more than anybody has, and the sweep takes what would be left. */
const RUNS_MAX = 2_000;

type RemovalActivities = Pick<
  PublishActivities,
  'purgeTrash' | 'removeLooseObjects' | 'removeAllObjects' | 'stopGenerations'
>;

/** For ever: while the bucket is away, its objects are still somebody's images. */
export function removal(): RemovalActivities {
  return proxyActivities<RemovalActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: RUN_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  });
}

/** Runs an activity until it finds nothing to remove any more. @returns how many objects went */
export async function drain(run: () => Promise<{ readonly removed: number }>): Promise<number> {
  let total = 0;
  for (let runs = 0; runs < RUNS_MAX; runs += 1) {
    const { removed } = await run();
    if (removed === 0) break;
    total += removed;
  }
  return total;
}
