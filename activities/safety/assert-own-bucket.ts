import type { Database } from '#drizzle/connection/database.ts';
import { newestImages } from '#drizzle/queries/objects/stored-objects.ts';
import { ReconcileRefused } from './refusal.ts';
import type { ImageStore } from '../storage/port.ts';

/** Of which one is enough: the newest one or two may just be going. */
const SAMPLE = 3;

/**
 * Removing what is not there is no error, so in a wrong bucket, or in none, rows would be forgotten whose bytes then stay for ever
 * in the right one. The newest avatars' images tell them apart.
 *
 * @throws ReconcileRefused
 * @throws StorageFailure when there is no bucket, or it is away
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
