import { TRASH_DAYS } from '#domain/avatar/trash.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { purgeTrash as purge } from '#drizzle/queries/avatars/avatar-change.ts';

/** A delete of this many avatars, with its cascades, stays far below the statement timeout. */
const MAX_PER_ROUND = 200;

export interface PurgeOutcome {
  /** Accounts whose avatars were deleted; the avatars' objects are orphans now. */
  readonly accountIds: string[];
  readonly count: number;
}

export interface PurgeDeps {
  readonly database: Database;
  /** Milliseconds since 1970; defaults to the process' own clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * Permanently deletes one round of avatars that have been in the trash for {@link TRASH_DAYS}.
 *
 * @throws ReconcileRefused `clock_skew`
 */
export function createPurgeTrash({ database, now }: PurgeDeps) {
  return async function purgeTrash(): Promise<PurgeOutcome> {
    await assertClocks(database, now);
    return purge(database, { olderThanDays: TRASH_DAYS, limit: MAX_PER_ROUND });
  };
}
