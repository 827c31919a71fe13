import { listRegisteredNames } from '#drizzle/queries/objects/inventory.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { removeObjects } from '../storage/remove-objects.ts';
import type { InventoryDeps } from './compare-page.ts';

/** A crash leaves one or two objects behind. More than this of all objects points to lost rows, whose objects are still needed. */
const REMOVABLE_SHARE = 0.01;
const ALWAYS_REMOVABLE = 20;

export interface InventoryTotals {
  readonly objects: number;
  readonly unknown: number;
}

/**
 * Ends an inventory. @returns whether the unknown objects may be removed: not when there are implausibly many, as after the database was
 * restored from a backup
 */
export function createEndInventory({ measurements, log }: InventoryDeps) {
  return async function endInventory(totals: InventoryTotals): Promise<boolean> {
    const isPlausible = totals.unknown <= Math.max(ALWAYS_REMOVABLE, totals.objects * REMOVABLE_SHARE);
    if (!isPlausible) {
      measurements.reconcileRefused('too_many_unknown_objects');
      log.error(totals, 'the bucket has too many objects without a row: none is removed');
    }
    measurements.inventoryEnded();
    log.info(totals, 'the inventory of the bucket ended');
    return isPlausible;
  };
}

export interface UnknownObjects {
  readonly names: readonly string[];
}

/** Removes objects that still have no row. @returns how many. @throws ReconcileRefused; StorageFailure when none could be removed */
export function createRemoveUnknownObjects(deps: InventoryDeps) {
  return async function removeUnknownObjects({ names }: UnknownObjects): Promise<number> {
    await assertClocks(deps.database, deps.now);
    await assertOwnBucket(deps);
    const registered = await listRegisteredNames(deps.database, names);
    const removed = await removeObjects(
      deps,
      names.filter((name) => !registered.has(name)),
    );
    deps.measurements.inventoryFound('removed', removed);
    return removed;
  };
}
