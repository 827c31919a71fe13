import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';
import type { InventoryPosition } from '#activities/inventory/compare-page.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';

/** A page is a thousand objects; the objects that are missing in it are looked up one by one. */
const RUN_TIMEOUT = '3 minutes';
/** Outages of hours are waited for; what refuses to act would refuse again. */
const TRIES_MAX = 20;
/** Pages before continue-as-new, so that the history stays short. */
const PAGES_MAX = 200;
/** Names that are carried along to be removed; with more, the rest is removed a week later. */
const NAMES_MAX = 1_000;
const REMOVED_TOGETHER = 100;

/** What an earlier run of the same inventory has found. */
interface InventoryProgress {
  readonly position: InventoryPosition | null;
  readonly objects: number;
  readonly unknown: number;
  readonly names: readonly string[];
}

const START: InventoryProgress = { position: { prefix: 0, after: null }, objects: 0, unknown: 0, names: [] };

/**
 * Compares the whole bucket with the database, page by page, both ways; then removes objects without a row. Bounded in memory for any
 * number of objects. Started by its Schedule once a week. @returns the number of objects removed
 */
export async function inventoryBucket(progress: InventoryProgress = START): Promise<number> {
  const { compareInventoryPage, endInventory, removeUnknownObjects } = inventory();
  let { position, objects, unknown } = progress;
  const names = [...progress.names];
  for (let page = 0; position !== null; page += 1) {
    if (page === PAGES_MAX) return continueAsNew<typeof inventoryBucket>({ position, objects, unknown, names });
    const compared = await compareInventoryPage(position);
    objects += compared.objects;
    unknown += compared.unknown.length;
    names.push(...compared.unknown.slice(0, NAMES_MAX - names.length));
    position = compared.next;
  }
  if (!(await endInventory({ objects, unknown }))) return 0;
  let removed = 0;
  while (names.length > 0) removed += await removeUnknownObjects({ names: names.splice(0, REMOVED_TOGETHER) });
  return removed;
}

type InventoryActivities = Pick<PublishActivities, 'compareInventoryPage' | 'endInventory' | 'removeUnknownObjects'>;

function inventory(): InventoryActivities {
  return proxyActivities<InventoryActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: RUN_TIMEOUT,
    cancellationType: 'TRY_CANCEL',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10 minutes', maximumAttempts: TRIES_MAX },
  });
}
