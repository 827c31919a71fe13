import { ActivityFailure, continueAsNew, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import { RECORD_KINDS, type RecordKind } from '#domain/configuration/retention.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

/** One export and its delete; outages are waited for. */
const ROUND_TIMEOUT = '3 minutes';
const TRIES_MAX = 10;
/** Rounds before continue-as-new, so that the history stays short. */
const ROUNDS_MAX = 200;

interface RetentionProgress {
  readonly kinds: readonly RecordKind[];
  readonly deleted: number;
}

/**
 * Exports and deletes records that are old enough, kind by kind. Started by its Schedule once a day; what a kind's failure leaves is
 * done the next day, and the other kinds go on. @returns the number of deleted records
 * @throws ActivityFailure of the last kind that failed, after all others
 */
export async function expireRecords(
  { kinds, deleted: before }: RetentionProgress = { kinds: RECORD_KINDS, deleted: 0 },
): Promise<number> {
  const { expireRecords: expireRound } = retention();
  let deleted = before;
  let rounds = 0;
  let failure: unknown;
  for (const [index, kind] of kinds.entries()) {
    try {
      for (let count = await expireRound({ kind }); count > 0; count = await expireRound({ kind })) {
        deleted += count;
        rounds += 1;
        if (rounds === ROUNDS_MAX && failure === undefined)
          return await continueAsNew<typeof expireRecords>({ kinds: kinds.slice(index), deleted });
      }
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return deleted;
}

function retention(): Pick<PublishActivities, 'expireRecords'> {
  return proxyActivities<Pick<PublishActivities, 'expireRecords'>>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: ROUND_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10 minutes', maximumAttempts: TRIES_MAX },
  });
}
