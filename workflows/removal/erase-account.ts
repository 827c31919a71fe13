import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';
import { drain, removal } from './activity-proxies.ts';

/** An opaque id: the account's subject is deleted already. */
export interface ErasureInput {
  readonly accountId: string;
}

/** A run is a bounded number of statements. After this, a dead worker's run is retried elsewhere. */
const RUN_TIMEOUT = '1 minute';
/** Requests that were in progress during the erasure have ended by then, or by a later round. */
const PAUSE = '30 seconds';
/** Rounds before continue-as-new, so that the history stays short. */
const ROUNDS_MAX = 100;

/**
 * Erases the data of an account: cancels its generations, deletes its rows, removes its objects. Repeats until nothing is left,
 * through outages of any length. The ledger keeps the opaque account.
 */
export async function eraseAccount(account: ErasureInput): Promise<void> {
  const { endGenerations, eraseRows, finishErasure } = erasure();
  const { stopGenerations, removeAllObjects } = removal();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let generationIds: string[];
    do {
      ({ generationIds } = await endGenerations(account));
      if (generationIds.length > 0) await stopGenerations({ generationIds });
    } while (generationIds.length > 0);
    await drain(() => eraseRows(account));
    await drain(() => removeAllObjects(account));
    if (await finishErasure(account)) return;
    await sleep(PAUSE);
  }
  await continueAsNew<typeof eraseAccount>(account);
}

type ErasureActivities = Pick<PublishActivities, 'endGenerations' | 'eraseRows' | 'finishErasure'>;

/** Retried without a limit: a request for erasure does not expire. */
function erasure(): ErasureActivities {
  return proxyActivities<ErasureActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: RUN_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  });
}
