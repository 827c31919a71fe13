import { TRASH_DAYS } from '../../domain/trash.ts';
import type { Database } from '../../drizzle/database.ts';
import { purgeTrash as purge } from '../../drizzle/queries/avatar-purge.ts';

/** Avatars of one round: a delete with its cascades stays far below the statement's time. */
const ROUND = 200;

export interface PurgeOutcome {
  /** Whose avatars went; their objects belong to nobody now. */
  readonly accountIds: string[];
  readonly count: number;
}

/** Deletes for good what has lain in the trash for its days, one round. */
export function createPurgeTrash({ database }: { readonly database: Database }) {
  return async function purgeTrash(): Promise<PurgeOutcome> {
    return purge(database, { olderThanDays: TRASH_DAYS, limit: ROUND });
  };
}
