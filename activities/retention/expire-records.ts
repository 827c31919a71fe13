import type { Logger } from 'pino';
import {
  DEFAULT_RETENTION,
  type ExportedKind,
  type RecordKind,
  type Retention,
} from '#domain/configuration/retention.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  deleteExpiredNotifications,
  deleteExpiredRecords,
  isErased,
  listExpiredRecords,
} from '#drizzle/queries/retention/expired-records.ts';
import type { Measurements } from '../measurements.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { assertOwnBucket } from '../safety/assert-own-bucket.ts';
import type { ImageStore } from '../storage/port.ts';
import { exportRecords } from './export-records.ts';

/** A use has at most 20 KB, so an export takes at most 40 MB of memory for its rows, and usually less than one. */
const EXPORTED_MAX = 2_000;
/** A delete of this many rows stays far below the statement timeout. */
const DELETED_MAX = 5_000;

export interface ExpireInput {
  readonly kind: RecordKind;
}

export interface RetentionDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly measurements: Pick<Measurements, 'recordsExpired'>;
  readonly log: Logger;
  /** Days by kind; defaults to {@link DEFAULT_RETENTION}. */
  readonly retention?: Retention | undefined;
  /** Milliseconds since 1970; defaults to the process' own clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * Deletes one round of records that are older than their kind is stored for; usage, deliveries and the audit log are first written to
 * the bucket and read back. A crash in between leaves an export of records that are still there; ids identify the repeated ones.
 *
 * @returns how many were deleted; 0: none is left
 * @throws ReconcileRefused `clock_skew`, `wrong_bucket`; StorageFailure; ExportIncomplete
 */
export function createExpireRecords(deps: RetentionDeps) {
  const { database, store, measurements, log, retention = DEFAULT_RETENTION } = deps;

  async function exportAndDelete(kind: ExportedKind): Promise<number> {
    await assertOwnBucket(deps);
    const days = retention[kind];
    const [first, ...others] = await listExpiredRecords(database, { kind, days, limit: EXPORTED_MAX });
    if (first === undefined) return 0;
    const object = await exportRecords(store, kind, [first, ...others]);
    const ids = [first, ...others].map(({ id }) => id);
    const deleted = await deleteExpiredRecords(database, { kind, days, ids });
    // Erased since the list was read: the erasure may have looked through the account's objects before this one was written.
    if (first.accountId !== null && (await isErased(database, first.accountId))) await store.remove(object);
    log.info({ kind, object, records: ids.length, deleted }, 'exported and deleted old records');
    return deleted;
  }

  return async function expireRecords({ kind }: ExpireInput): Promise<number> {
    await assertClocks(database, deps.now);
    const deleted =
      kind === 'notifications'
        ? await deleteExpiredNotifications(database, { days: retention[kind], limit: DELETED_MAX })
        : await exportAndDelete(kind);
    measurements.recordsExpired(kind, deleted);
    return deleted;
  };
}
