import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markRemoved } from '#drizzle/queries/objects/object-removal.ts';
import type { ImageStore } from './port.ts';

export interface RemovalDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly lateWritesMs?: number | undefined;
}

/** Parallel calls to the bucket. */
const CONCURRENCY = 8;
/** No further calls start after this: well below the activity's timeout, so that each removal is recorded. */
const BUDGET_MS = 10_000;

/**
 * Removes objects: the bytes first, then the row, which remains as a tombstone while a late write may still arrive. A row without bytes
 * is found by the next sweep; bytes without a row never are. This is the only way to remove objects.
 *
 * @returns how many were removed; the rest is left to the next run
 * @throws StorageFailure when the bucket is unavailable; removals until then are recorded
 */
export async function removeObjects(deps: RemovalDeps, names: readonly string[]): Promise<number> {
  const { database, store, lateWritesMs = LATE_WRITES_MS } = deps;
  const startedAt = performance.now();
  let removed = 0;
  for (let start = 0; start < names.length && performance.now() - startedAt < BUDGET_MS; start += CONCURRENCY) {
    const chunk = names.slice(start, start + CONCURRENCY);
    const tries = await Promise.allSettled(chunk.map((name) => store.remove(name)));
    const done = chunk.filter((_, index) => tries[index]?.status === 'fulfilled');
    await markRemoved(database, done, { lateWritesMs });
    removed += done.length;
    const failed = tries.find((attempt) => attempt.status === 'rejected');
    if (failed) throw failed.reason;
  }
  return removed;
}
