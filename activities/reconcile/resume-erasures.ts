import { listUnfinishedErasures } from '#drizzle/queries/accounts/erasure.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_PER_ROUND = 50;

/** Restarts erasures whose workflow never started, was terminated, or ended before a late step wrote more rows. */
export async function resumeErasures(
  { database, workflows, reconcileAfterMs }: ReconcileDeps,
  context: PartContext,
): Promise<number> {
  const accountIds = await listUnfinishedErasures(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND });
  const accounts = accountIds.map((id) => ({ id }));
  const results = await actOnRows(context, accounts, ({ id }) => workflows.erase(id));
  return countOf(results);
}
