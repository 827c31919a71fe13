import { listRemovable } from '#drizzle/queries/objects/object-removal.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';

const MAX_PER_RUN = 200;

export interface RemovalInput {
  readonly accountId: string;
}

/** How many objects or rows this run removed; 0 means that none are left. */
export interface RemovalOutcome {
  readonly removed: number;
}

/**
 * Removes the orphans of an account's deleted avatars and ended generations. Safe to repeat and to run alongside anything else: it
 * only removes objects that no avatar owns.
 *
 * @throws ReconcileRefused `wrong_bucket`; StorageFailure when the bucket is unavailable
 */
export function createRemoveOrphanedObjects(deps: RemovalDeps) {
  return async function removeOrphanedObjects({ accountId }: RemovalInput): Promise<RemovalOutcome> {
    const names = await listRemovable(deps.database, { accountId, everything: false, limit: MAX_PER_RUN });
    if (names.length > 0) await assertOwnBucket(deps);
    return { removed: await removeObjects(deps, names) };
  };
}
