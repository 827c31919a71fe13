import { FAILURES } from '#domain/generation/failure.ts';
import { release } from '#drizzle/ledger/release.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { listStale } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';
import { ReconcileRefused } from '../safety/refusal.ts';

const ROUND = 200;
const INTERRUPTED = { code: 'interrupted', message: FAILURES.interrupted.message } as const;
/** A workflow ends itself at its deadline; saving and settling what it had by then take less than this, ms. */
const DEADLINE_GRACE_MS = 10 * 60_000;

/**
 * Rows that hold credits but whose workflow is gone: terminated, timed out, lost. The release finds out who won: a
 * captured one stays completed, all others give the credits back. All are looked at before the first is settled.
 *
 * @throws ReconcileRefused when more are lost than operators end at a time: then none is settled
 */
export async function settleAbandoned(deps: ReconcileDeps): Promise<number> {
  const { database, log, measurements, settleMax } = deps;
  const rows = await listStale(database, { olderThanMs: deps.reconcileAfterMs, limit: ROUND });
  const lost: Generation[] = [];
  let unknown = 0;
  for (const row of rows) {
    const found = await lookUp(deps, row);
    if (found === 'lost') lost.push(row);
    if (found === 'unknown') unknown += 1;
  }
  if (unknown > 0) {
    measurements.reconcileRefused('unknown_workflows');
    log.error(
      { unknown, of: rows.length },
      'this namespace does not know generations that are being made: is it the right one?',
    );
  }
  if (lost.length > settleMax) {
    throw new ReconcileRefused(
      'too_many_lost',
      `${lost.length} of ${rows.length} workflows are gone and RECONCILE_SETTLE_MAX is ${settleMax}: none is settled`,
    );
  }
  let settled = 0;
  for (const { id: generationId } of lost) if (await settle(deps, generationId)) settled += 1;
  return settled;
}

/**
 * A namespace that does not know a workflow may be the wrong one: only what it knows as closed is lost at once, anything else when
 * it can't be running in any namespace. A member that was never started is known by its batch.
 */
async function lookUp(
  { workflows, now = Date.now }: ReconcileDeps,
  { id, batchId, deadlineAt }: Generation,
): Promise<'running' | 'lost' | 'unknown'> {
  const own = await workflows.stateOf(id);
  if (own === 'running') return 'running';
  // Its batch is about to start it, or to settle it.
  const batch = batchId === null ? 'unknown' : await workflows.batchStateOf(batchId);
  if (batch === 'running') return 'running';
  const isOver = deadlineAt === null || deadlineAt.getTime() + DEADLINE_GRACE_MS < now();
  return own === 'closed' || batch === 'closed' || isOver ? 'lost' : 'unknown';
}

async function settle(deps: ReconcileDeps, generationId: string): Promise<boolean> {
  const { database, log, measurements } = deps;
  const outcome = await release(database, { generationId, status: 'failed', failure: INTERRUPTED });
  if (outcome.kind === 'released') measurements.generationEnded('failed');
  log.warn({ generationId, outcome: outcome.kind }, 'settled a generation whose workflow is gone');
  await deps
    .abandon({ generationId })
    .catch((error: unknown) => log.warn({ err: error, generationId }, 'cleaning up later'));
  return outcome.kind === 'released';
}
