import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';
import { drain, removal } from './activity-proxies.ts';

/** Ids only: whose account it was is known nowhere any more. */
export interface ErasureInput {
  readonly accountId: string;
}

/** One run is a bounded number of statements; a dead worker's run is given to another one after this. */
const RUN_TIMEOUT = '1 minute';
/** Something was on its way when its person left: it has ended by then, or does by the next time. */
const PAUSE = '30 seconds';
/** A history of this many rounds is long enough. */
const ROUNDS_MAX = 100;

/**
 * What is left when a person has gone: nothing is made for them any more, their rows go, and what they had in the bucket. It goes on
 * until nothing is left, however long a part is away; the ledger keeps its opaque account.
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

/** For ever: a person's request to be forgotten does not lapse. */
function erasure(): ErasureActivities {
  return proxyActivities<ErasureActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: RUN_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  });
}
