import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { REFERENCE_GRACE_MS } from '#domain/generation/upload.ts';
import { expireUploads as expireRows } from '#drizzle/queries/objects/uploads.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { removeObjects } from '../storage/remove-objects.ts';
import type { PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_PER_ROUND = 500;

/** Removes expired reference images: the row first, then the bytes. Bytes that remain after an outage are swept later. */
export async function expireUploads(
  deps: Pick<ReconcileDeps, 'database' | 'store'>,
  { signal }: Pick<PartContext, 'signal'>,
): Promise<number> {
  await assertOwnBucket(deps);
  const names = await expireRows(deps.database, {
    graceMs: REFERENCE_GRACE_MS,
    olderThanMs: LATE_WRITES_MS,
    limit: MAX_PER_ROUND,
  });
  return removeObjects({ ...deps, signal }, names);
}
