import type { Database } from '#drizzle/connection/database.ts';
import { listUnfinished } from '#drizzle/queries/generations/list-unfinished.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { isTemporary } from '#drizzle/connection/transient.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { cancelRow } from '../generations/cancel.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';

/** Concurrent signals: cancelling many generations in an emergency must not overload Temporal. */
const CONCURRENCY = 10;

export interface CancelGenerationsDeps {
  readonly database: Database;
  readonly workflows: Pick<GenerationWorkflows, 'cancel'>;
}

/** Cancels the oldest unfinished generations that match a filter; those that finish in the meantime are skipped. */
export function cancelGenerations(deps: CancelGenerationsDeps): Handler<'cancelGenerations'> {
  return async ({ body: { limit, reason, ...filter }, caller: { accountId } }) => {
    const found = await listUnfinished(deps.database, filter, limit + 1);
    const { ids, notReached } = await cancelRows(deps, found.slice(0, limit), { accountId, reason });
    return { status: 202, body: { count: ids.length, ids, notReached, more: found.length > limit } };
  };
}

/** @returns the ids of those that were cancelled, and of those whose workflow or row could not be reached */
export async function cancelRows(
  deps: CancelGenerationsDeps,
  rows: readonly Generation[],
  admin: { readonly accountId: string; readonly reason: string | undefined },
): Promise<{ ids: string[]; notReached: string[] }> {
  const ids: string[] = [];
  const notReached: string[] = [];
  const cancelOne = async (row: Generation) => {
    try {
      await cancelRow(deps, row, { code: 'cancelled by admin', by: 'admin', ...admin });
      ids.push(row.id);
    } catch (error) {
      if (error instanceof TemporalUnavailable || isTemporary(error)) notReached.push(row.id);
      else if (!(error instanceof ApiProblem && error.code === 'conflict')) throw error;
    }
  };
  for (let from = 0; from < rows.length; from += CONCURRENCY) {
    await Promise.all(rows.slice(from, from + CONCURRENCY).map(cancelOne));
  }
  return { ids, notReached };
}
