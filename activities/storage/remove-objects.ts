import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markRemoved } from '#drizzle/queries/objects/object-removal.ts';
import type { ImageStore } from './port.ts';

export interface RemovalDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly lateWritesMs?: number | undefined;
}

/** Calls to the bucket at once: each is mostly waiting. */
const AT_ONCE = 8;
/** No further calls begin after this, ms: well below the activity's own time, so that what is done gets written down. */
const BUDGET_MS = 10_000;

/**
 * The one way an object goes: its bytes, then its row, which stays without bytes while a late write may still land. A row without bytes
 * is found again, bytes without a row never.
 *
 * @returns how many went; the rest is for the next run
 * @throws StorageFailure when the bucket is away; what went before is written down
 */
export async function removeObjects(deps: RemovalDeps, names: readonly string[]): Promise<number> {
  const { database, store, lateWritesMs = LATE_WRITES_MS } = deps;
  const startedAt = performance.now();
  let removed = 0;
  for (let at = 0; at < names.length && performance.now() - startedAt < BUDGET_MS; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    const tries = await Promise.allSettled(some.map((name) => store.remove(name)));
    const gone = some.filter((_, index) => tries[index]?.status === 'fulfilled');
    await markRemoved(database, gone, { lateWritesMs });
    removed += gone.length;
    const failed = tries.find((attempt) => attempt.status === 'rejected');
    if (failed) throw failed.reason;
  }
  return removed;
}
