import { prefixesOfAccount } from '#domain/generation/object-name.ts';
import { listRemovable } from '#drizzle/queries/objects/object-removal.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';
import type { RemovalInput, RemovalOutcome } from './remove-orphaned-objects.ts';

const MAX_PER_RUN = 200;

/**
 * Removes all objects of an account whose rows are deleted: first those registered in the database, uploads included, then any others
 * under the account's prefixes in the bucket. Run it again until it removes none.
 *
 * @throws ReconcileRefused `wrong_bucket`; StorageFailure when the bucket is unavailable
 */
export function createRemoveAllObjects(deps: RemovalDeps) {
  return async function removeAllObjects({ accountId }: RemovalInput): Promise<RemovalOutcome> {
    const registered = await listRemovable(deps.database, { accountId, everything: true, limit: MAX_PER_RUN });
    if (registered.length > 0) {
      await assertOwnBucket(deps);
      return { removed: await removeObjects(deps, registered) };
    }
    const others = await Promise.all(prefixesOfAccount(accountId).map((prefix) => deps.store.list(prefix)));
    const names = others.flat().map(({ name }) => name);
    if (names.length > 0) await assertOwnBucket(deps);
    return { removed: await removeObjects(deps, names.slice(0, MAX_PER_RUN)) };
  };
}
