import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markRemoved } from '#drizzle/queries/objects/object-removal.ts';
import type { ImageStore } from './port.ts';

export interface RemovalDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly lateWritesMs?: number | undefined;
  /** No further call starts once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Parallel calls to the bucket. */
const CONCURRENCY = 8;
/** No further calls start after this: well below the activity's timeout, so that each removal is recorded. */
const BUDGET_MS = 10_000;
/** Removals that one statement records. */
const RECORDED_TOGETHER = 8;

/**
 * Removes objects: the bytes first, then the row, which remains as a tombstone while a late write may still arrive. A row without bytes
 * is found by the next sweep; bytes without a row only by the inventory. This is the only way to remove objects. An object that can't be
 * removed stops no other: each run begins at another name, so that in time each has its turn.
 *
 * @returns how many were removed; the rest is left to the next run
 * @throws StorageFailure when none could be removed
 */
export async function removeObjects(deps: RemovalDeps, names: readonly string[]): Promise<number> {
  const { database, store, lateWritesMs = LATE_WRITES_MS, signal } = deps;
  const startedAt = performance.now();
  const hasTime = () => performance.now() - startedAt < BUDGET_MS && signal?.aborted !== true;
  const waiting = fromRandomStart(names);
  const gone: string[] = [];
  const failures: unknown[] = [];
  let removed = 0;
  async function recordRemoved(): Promise<void> {
    const recorded = gone.splice(0);
    await markRemoved(database, recorded, { lateWritesMs });
    removed += recorded.length;
  }
  async function work(): Promise<void> {
    for (let name = waiting.pop(); name !== undefined && hasTime(); name = waiting.pop()) {
      try {
        await store.remove(name);
      } catch (error) {
        failures.push(error);
        continue;
      }
      gone.push(name);
      if (gone.length >= RECORDED_TOGETHER) await recordRemoved();
    }
  }
  const works = await Promise.allSettled(Array.from({ length: CONCURRENCY }, work));
  await recordRemoved();
  const broken = works.find(({ status }) => status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
  if (removed === 0 && failures.length > 0) throw failures[0];
  return removed;
}

function fromRandomStart(names: readonly string[]): string[] {
  const start = Math.floor(Math.random() * names.length);
  return [...names.slice(start), ...names.slice(0, start)];
}
