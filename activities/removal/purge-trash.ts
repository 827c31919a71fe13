import { TRASH_DAYS } from '#domain/avatar/trash.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { assertClocks } from '../safety/assert-clocks.ts';
import { purgeTrash as purge } from '#drizzle/queries/avatars/avatar-change.ts';

/** Avatars of one round: a delete with its cascades stays far below the statement's time. */
const ROUND = 200;

export interface PurgeOutcome {
  /** Whose avatars went; their objects belong to nobody now. */
  readonly accountIds: string[];
  readonly count: number;
}

export interface PurgeDeps {
  readonly database: Database;
  /** Ms since 1970; the process' own clock where it is left out. */
  readonly now?: (() => number) | undefined;
}

/**
 * Deletes for good what has lain in the trash for its days, one round.
 * @throws ReconcileRefused when nobody knows what time it is
 */
export function createPurgeTrash({ database, now }: PurgeDeps) {
  return async function purgeTrash(): Promise<PurgeOutcome> {
    await assertClocks(database, now);
    return purge(database, { olderThanDays: TRASH_DAYS, limit: ROUND });
  };
}
