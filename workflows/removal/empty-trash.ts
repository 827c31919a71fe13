import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { drain, removal } from './activity-proxies.ts';

/** Rounds before continue-as-new, so that the history stays short: a round is at most 200 avatars. */
const PURGES_MAX = 100;

/** What an earlier run of the same emptying has left. */
export interface TrashProgress {
  /** Avatars that were deleted so far. */
  readonly purged: number;
  /** Accounts whose avatars were deleted, and whose objects are still to be removed. */
  readonly accountIds: readonly string[];
}

/**
 * Permanently deletes avatars whose time in the trash is over: rows, then objects. Continues as new until none is left. Started by its
 * Schedule. @returns the number of avatars
 */
export async function emptyTrash(progress: TrashProgress = { purged: 0, accountIds: [] }): Promise<number> {
  const { purgeTrash, removeOrphanedObjects } = removal();
  let { purged } = progress;
  const accountIds = [...progress.accountIds];
  for (let round = 0; round < PURGES_MAX; round += 1) {
    for (let accountId = accountIds[0]; accountId !== undefined; accountId = accountIds[0]) {
      const account = { accountId };
      await drain(() => removeOrphanedObjects(account));
      accountIds.shift();
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof emptyTrash>({ purged, accountIds });
    }
    const outcome = await purgeTrash();
    if (outcome.count === 0) return purged;
    purged += outcome.count;
    accountIds.push(...outcome.accountIds);
  }
  return continueAsNew<typeof emptyTrash>({ purged, accountIds });
}
