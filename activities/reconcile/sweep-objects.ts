import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { listOrphanedObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { removeObjects } from '../storage/remove-objects.ts';
import type { PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

/** Each generation leaves the tombstone of its staged image. The limit exceeds what one round can remove, so that time is the bound. */
const MAX_PER_ROUND = 5_000;

/**
 * Removes orphans: objects of final generations that no avatar owns. A crash or an outage left them behind, or a late write may have
 * restored their bytes after they were removed.
 */
export async function sweepObjects(deps: ReconcileDeps, { signal }: PartContext): Promise<number> {
  const orphans = await listOrphanedObjects(deps.database, { olderThanMs: LATE_WRITES_MS, limit: MAX_PER_ROUND });
  if (orphans.length > 0) await assertOwnBucket(deps);
  return removeObjects(
    { ...deps, signal },
    orphans.map(({ name }) => name),
  );
}
