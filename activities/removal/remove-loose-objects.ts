import { listRemovable } from '#drizzle/queries/objects/object-removal.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';

/** Objects of one run. */
const RUN = 200;

export interface RemovalInput {
  readonly accountId: string;
}

/** `removed` objects in this run; 0 means that nothing is left. */
export interface RemovalOutcome {
  readonly removed: number;
}

/**
 * Removes what an account's deleted avatars and ended generations left in the bucket. Safe to run again and beside anything: it
 * takes only what no avatar owns.
 *
 * @throws StorageFailure when the bucket is away
 */
export function createRemoveLooseObjects(deps: RemovalDeps) {
  return async function removeLooseObjects({ accountId }: RemovalInput): Promise<RemovalOutcome> {
    const names = await listRemovable(deps.database, { accountId, everything: false, limit: RUN });
    if (names.length > 0) await assertOwnBucket(deps);
    return { removed: await removeObjects(deps, names) };
  };
}
