import { listUnfinishedErasures } from '#drizzle/queries/accounts/erasure.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_PER_ROUND = 50;

/** Restarts erasures whose workflow never started, was terminated, or ended before a late step wrote more rows. */
export async function resumeErasures({ database, workflows, reconcileAfterMs }: ReconcileDeps): Promise<number> {
  const accountIds = await listUnfinishedErasures(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND });
  let resumed = 0;
  for (const accountId of accountIds) if (await workflows.erase(accountId)) resumed += 1;
  return resumed;
}
