import { drain, removal } from './activity-proxies.ts';

/** Rounds of one run; what is left waits for the next, an hour later. */
const ROUNDS_MAX = 500;

/** What has lain in the trash for its days goes for good: rows, then images. Started by its Schedule. @returns how many avatars */
export async function emptyTrash(): Promise<number> {
  const { purgeTrash, removeLooseObjects } = removal();
  let purged = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { accountIds, count } = await purgeTrash();
    if (count === 0) break;
    purged += count;
    for (const accountId of accountIds) await drain(() => removeLooseObjects({ accountId }));
  }
  return purged;
}
