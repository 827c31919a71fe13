import type { Logger } from 'pino';
import { LATE_WRITES_MS } from '#domain/generation/stored-object.ts';
import { OBJECT_PREFIXES, ownerOfObject } from '#domain/generation/object-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  type InventoryRow,
  listKnownOwners,
  listNeeded,
  listRegistered,
  restoreRegistrations,
  unlinkWithoutAvatar,
} from '#drizzle/queries/objects/inventory.ts';
import type { Measurements } from '../measurements.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import { ReconcileRefused } from '../safety/reconcile-refused.ts';
import type { ImageStore, ListedObject } from '../storage/port.ts';

/** Objects without a row are left alone for this long: longer than any workflow that may still write a row or an object. */
const GRACE_MS = 24 * 3600_000;
/** Rows of one page; with more in its range of names, the page ends at the last one. */
const ROWS_MAX = 2_000;
const LOGGED_MAX = 20;
const CONCURRENCY = 8;

export interface InventoryDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly measurements: Pick<Measurements, 'inventoryFound' | 'inventoryEnded' | 'reconcileRefused'>;
  readonly log: Logger;
  readonly now?: (() => number) | undefined;
  /** Defaults to a day. */
  readonly inventoryGraceMs?: number | undefined;
}

/** Where the comparison continues. */
export interface InventoryPosition {
  /** Index of the prefix. */
  readonly prefix: number;
  /** The last name that was compared. */
  readonly after: string | null;
}

export interface PageComparison {
  /** Objects of this page. */
  readonly objects: number;
  /** Names of objects without a row that belong to our accounts and are older than the grace. */
  readonly unknown: string[];
  /** Null at the end. */
  readonly next: InventoryPosition | null;
}

/**
 * Compares one page of the bucket with the rows of the same range of names, both ways. A row that an avatar needs and whose object is
 * missing is reported; an avatar's object without a row is registered again, and a row of an avatar that does not exist is left to the
 * sweep. Removes nothing.
 *
 * @throws ReconcileRefused `wrong_bucket`, `clock_skew`; StorageFailure
 */
export function createCompareInventoryPage(deps: InventoryDeps) {
  const { database, store, measurements, log, now = Date.now, inventoryGraceMs = GRACE_MS } = deps;

  /** Read again: rows and objects may have changed between the two lists. */
  async function reportMissing(rows: readonly InventoryRow[]): Promise<void> {
    const absent = await absentOf(
      store,
      rows.map(({ name }) => name),
    );
    const missing = await listNeeded(database, absent);
    measurements.inventoryFound('missing', missing.length);
    if (missing.length > 0)
      log.error({ found: missing.length, names: missing.slice(0, LOGGED_MAX) }, 'images are missing in the bucket');
  }

  /** @returns the names that may be removed */
  async function judgeUnknown(objects: readonly ListedObject[]): Promise<string[]> {
    const restored = new Set(await restoreRegistrations(database, objects));
    const rest = objects.filter(({ name }) => !restored.has(name)).map(({ name }) => name);
    const owners = await listKnownOwners(
      database,
      rest.flatMap((name) => ownerOfObject(name) ?? []),
    );
    const ours = rest.filter((name) => owners.has(ownerOfObject(name) ?? ''));
    const foreign = rest.filter((name) => !ours.includes(name));
    measurements.inventoryFound('restored', restored.size);
    measurements.inventoryFound('foreign', foreign.length);
    measurements.inventoryFound('unknown', ours.length);
    if (foreign.length > 0)
      log.error(
        { found: foreign.length, names: foreign.slice(0, LOGGED_MAX) },
        'the bucket has objects of unknown accounts',
      );
    return ours;
  }

  async function compare({ prefix: index, after }: InventoryPosition): Promise<PageComparison> {
    await assertClocks(database, now);
    await assertOwnBucket({ database, store });
    const prefix = OBJECT_PREFIXES[index]!;
    const page = await store.listAfter(prefix, after);
    const listedTo = page.isLast ? null : (page.objects.at(-1)?.name ?? null);
    const range = { prefix, after, through: listedTo };
    const rows = await listRegistered(database, range, { limit: ROWS_MAX, settledMs: LATE_WRITES_MS });
    const through = rows.length === ROWS_MAX ? rows.at(-1)!.name : listedTo;
    const unneeded = rows.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name);
    const unlinked = await unlinkWithoutAvatar(database, unneeded);
    if (unlinked > 0) log.warn({ found: unlinked }, 'objects belong to avatars that do not exist');
    const objects = page.objects.filter(({ name }) => through === null || name <= through);
    const [registered, listed] = [new Set(rows.map(({ name }) => name)), new Set(objects.map(({ name }) => name))];
    await reportMissing(rows.filter(({ name, isStored, isNeeded }) => isStored && isNeeded && !listed.has(name)));
    const isOld = ({ createdAt }: ListedObject) => createdAt.getTime() + inventoryGraceMs < now();
    const unknown = await judgeUnknown(objects.filter((object) => !registered.has(object.name) && isOld(object)));
    return { objects: objects.length, unknown, next: nextOf(index, through) };
  }

  return async function compareInventoryPage(position: InventoryPosition): Promise<PageComparison> {
    try {
      return await compare(position);
    } catch (error) {
      if (error instanceof ReconcileRefused) measurements.reconcileRefused(error.reason);
      throw error;
    }
  };
}

function nextOf(prefix: number, through: string | null): InventoryPosition | null {
  if (through !== null) return { prefix, after: through };
  return prefix + 1 < OBJECT_PREFIXES.length ? { prefix: prefix + 1, after: null } : null;
}

async function absentOf(store: ImageStore, names: readonly string[]): Promise<string[]> {
  const waiting = [...names];
  const absent: string[] = [];
  async function work(): Promise<void> {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
      if (!(await store.exists(name))) absent.push(name);
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return absent;
}
