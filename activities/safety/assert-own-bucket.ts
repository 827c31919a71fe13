import type { Database } from '#drizzle/connection/database.ts';
import { newestImages } from '#drizzle/queries/objects/stored-objects.ts';
import { ReconcileRefused } from './reconcile-refused.ts';
import type { ImageStore } from '../storage/port.ts';

/** One of them is enough; the newest one or two may be in the process of being removed. */
const SAMPLE = 3;

/**
 * Checks that the configured bucket is ours, by the newest avatars' images. Removing a missing object is no error, so with a wrong
 * bucket rows would be deleted while their bytes stay in the right bucket forever.
 *
 * @throws ReconcileRefused `wrong_bucket`
 * @throws StorageFailure when the bucket does not exist or is unavailable
 */
export async function assertOwnBucket({
  database,
  store,
}: {
  readonly database: Database;
  readonly store: ImageStore;
}): Promise<void> {
  await store.healthCheck();
  const names = await newestImages(database, SAMPLE);
  for (const name of names) if (await store.exists(name)) return;
  if (names.length === 0) return;
  throw new ReconcileRefused(
    'wrong_bucket',
    "The newest avatars' images are not in this bucket: nothing is removed from it",
  );
}
