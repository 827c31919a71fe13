import { listUnfinishedErasures } from '#drizzle/queries/accounts/erasure.ts';
import type { ReconcileDeps } from './deps.ts';

const ROUND = 50;

/** Erasures whose workflow never began (Temporal was away), was terminated, or was over before a late step wrote once more. */
export async function resumeErasures({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const accountIds = await listUnfinishedErasures(database, { olderThanMs: reconcileAfterMs, limit: ROUND });
  let resumed = 0;
  for (const accountId of accountIds) if (await workflows.erase(accountId)) resumed += 1;
  return resumed;
}
