import { FAILURES } from '#domain/generation/failure.ts';
import { release } from '#drizzle/ledger/release.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { listStale } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';
import { ReconcileRefused } from '../safety/reconcile-refused.ts';

const MAX_PER_ROUND = 200;
const INTERRUPTED = { code: 'interrupted', message: FAILURES.interrupted.message } as const;
/** A workflow ends at its deadline; saving and settling an image it has by then take less than this. */
const DEADLINE_GRACE_MS = 10 * 60_000;

/**
 * Settles generations that hold credits but whose workflow is gone: terminated, timed out or lost. The release has no effect on a
 * generation that was captured; all others fail, and their credits are released. All rows are checked before the first is settled.
 *
 * @returns how many generations were settled
 * @throws ReconcileRefused `too_many_lost` when more than `settleMax` are lost: none is settled then
 */
export async function settleAbandoned(deps: ReconcileDeps): Promise<number> {
  const { database, log, measurements, settleMax } = deps;
  const rows = await listStale(database, { olderThanMs: deps.reconcileAfterMs, limit: MAX_PER_ROUND });
  const lost: Generation[] = [];
  let unknown = 0;
  for (const row of rows) {
    const state = await workflowStateOf(deps, row);
    if (state === 'lost') lost.push(row);
    if (state === 'unknown') unknown += 1;
  }
  if (unknown > 0) {
    measurements.reconcileRefused('unknown_workflows');
    log.error(
      { unknown, of: rows.length },
      'the workflows of generations in progress are not in this Temporal namespace; check that it is the right one',
    );
  }
  if (lost.length > settleMax) {
    throw new ReconcileRefused(
      'too_many_lost',
      `${lost.length} of ${rows.length} workflows are gone, but RECONCILE_SETTLE_MAX is ${settleMax}: none is settled`,
    );
  }
  let settled = 0;
  for (const { id: generationId } of lost) if (await settle(deps, generationId)) settled += 1;
  return settled;
}

/**
 * A namespace without the workflow may be the wrong one. So a generation is lost when its workflow is closed, or when its deadline
 * rules out that it runs in any namespace. A batch member that was never started is judged by its batch.
 */
async function workflowStateOf(
  { workflows, now = Date.now }: ReconcileDeps,
  { id, batchId, deadlineAt }: Generation,
): Promise<'running' | 'lost' | 'unknown'> {
  const own = await workflows.stateOf(id);
  if (own === 'running') return 'running';
  // A running batch will start or settle it.
  const batch = batchId === null ? 'unknown' : await workflows.batchStateOf(batchId);
  if (batch === 'running') return 'running';
  const isPastDeadline = deadlineAt === null || deadlineAt.getTime() + DEADLINE_GRACE_MS < now();
  return own === 'closed' || batch === 'closed' || isPastDeadline ? 'lost' : 'unknown';
}

async function settle(deps: ReconcileDeps, generationId: string): Promise<boolean> {
  const { database, log, measurements } = deps;
  const outcome = await release(database, { generationId, status: 'failed', failure: INTERRUPTED });
  if (outcome.kind === 'released') measurements.generationEnded('failed');
  log.warn({ generationId, outcome: outcome.kind }, 'settled a generation whose workflow is gone');
  await deps
    .abandon({ generationId })
    .catch((error: unknown) =>
      log.warn({ err: error, generationId }, 'could not clean up the generation; the sweep will'),
    );
  return outcome.kind === 'released';
}
