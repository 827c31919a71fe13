import { continueAsNew, patched, workflowInfo } from '@temporalio/workflow';
import { drain, removal } from './activity-proxies.ts';

/** Rounds before continue-as-new, so that the history stays short: a round is at most 200 avatars. */
const PURGES_MAX = 100;
/** Histories from before the patch go on for so many rounds, and leave the rest to the next hour's run. */
const UNPATCHED_PURGES_MAX = 500;
const CONTINUES_AS_NEW = 'emptying-the-trash-continues-as-new';

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
  for (let round = 0; ; round += 1) {
    if (round >= PURGES_MAX && patched(CONTINUES_AS_NEW)) break;
    for (let accountId = accountIds[0]; accountId !== undefined; accountId = accountIds[0]) {
      const account = { accountId };
      await drain(() => removeOrphanedObjects(account));
      accountIds.shift();
      const isLong = workflowInfo().continueAsNewSuggested;
      if (isLong && patched(CONTINUES_AS_NEW)) await continueAsNew<typeof emptyTrash>({ purged, accountIds });
    }
    if (round === UNPATCHED_PURGES_MAX) return purged;
    const outcome = await purgeTrash();
    if (outcome.count === 0) return purged;
    purged += outcome.count;
    accountIds.push(...outcome.accountIds);
  }
  return continueAsNew<typeof emptyTrash>({ purged, accountIds });
}
