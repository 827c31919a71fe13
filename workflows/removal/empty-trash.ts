import { drain, removal } from './activity-proxies.ts';

/** Rounds of one run; the next run, an hour later, handles the rest. */
const ROUNDS_MAX = 500;

/** Permanently deletes avatars whose time in the trash is over: rows, then objects. Started by its Schedule. @returns the number of avatars */
export async function emptyTrash(): Promise<number> {
  const { purgeTrash, removeOrphanedObjects } = removal();
  let purged = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { accountIds, count } = await purgeTrash();
    if (count === 0) break;
    purged += count;
    for (const accountId of accountIds) await drain(() => removeOrphanedObjects({ accountId }));
  }
  return purged;
}
