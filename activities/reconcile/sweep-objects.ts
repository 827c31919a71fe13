import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { listLooseObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { removeObjects } from '../storage/remove-objects.ts';
import type { ReconcileDeps } from './deps.ts';

/** Each generation leaves the tombstone of its staged bytes: more than a round of ten seconds removes, so that none are left over. */
const ROUND = 5_000;

/**
 * Objects that no avatar owns, of generations that are final: what a crash or an outage kept from being removed, and tombstones, whose
 * bytes may have landed once more and can't any longer.
 */
export async function sweepObjects(deps: ReconcileDeps): Promise<number> {
  const loose = await listLooseObjects(deps.database, { olderThanMs: LATE_WRITES_MS, limit: ROUND });
  if (loose.length > 0) await assertOwnBucket(deps);
  return removeObjects(
    deps,
    loose.map(({ name }) => name),
  );
}
