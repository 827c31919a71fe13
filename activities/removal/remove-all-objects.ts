import { prefixesOfAccount } from '#domain/generation/object-name.ts';
import { listRemovable } from '#drizzle/queries/objects/object-removal.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';
import type { RemovalInput, RemovalOutcome } from './remove-loose-objects.ts';

const RUN = 200;

/**
 * Removes everything of an account whose rows are gone: what the database knows of, uploads included, then whatever else lies under the
 * account's name in the bucket.
 *
 * @throws StorageFailure when the bucket is away
 */
export function createRemoveAllObjects(deps: RemovalDeps) {
  return async function removeAllObjects({ accountId }: RemovalInput): Promise<RemovalOutcome> {
    const known = await listRemovable(deps.database, { accountId, everything: true, limit: RUN });
    if (known.length > 0) {
      await assertOwnBucket(deps);
      return { removed: await removeObjects(deps, known) };
    }
    const unknown = await Promise.all(prefixesOfAccount(accountId).map((prefix) => deps.store.list(prefix)));
    const names = unknown.flat().map(({ name }) => name);
    if (names.length > 0) await assertOwnBucket(deps);
    return { removed: await removeObjects(deps, names.slice(0, RUN)) };
  };
}
