import { FAILURES } from '../../domain/failure.ts';
import { release } from '../../drizzle/ledger/release.ts';
import { listStale } from '../../drizzle/queries/generation-sweep.ts';
import type { ReconcileDeps } from './reconcile.ts';

const ROUND = 200;
const INTERRUPTED = { code: 'interrupted', message: FAILURES.interrupted.message } as const;

/**
 * Rows that hold credits but whose workflow is gone: terminated, timed out, lost. The release finds out who won: a
 * captured one stays completed, all others give the credits back.
 */
export async function settleAbandoned(deps: ReconcileDeps): Promise<number> {
  const { database, workflows, log } = deps;
  const rows = await listStale(database, { olderThanMs: deps.reconcileAfterMs, limit: ROUND });
  let settled = 0;
  for (const { id: generationId, batchId } of rows) {
    if ((await workflows.stateOf(generationId)) === 'running') continue;
    // Its batch is about to start it, or to settle it.
    if (batchId !== null && (await workflows.isBatchRunning(batchId))) continue;
    const verdict = await release(database, { generationId, status: 'failed', failure: INTERRUPTED });
    if (verdict.kind === 'released') {
      deps.measurements.generationEnded('failed');
      settled += 1;
    }
    log.warn({ generationId, verdict: verdict.kind }, 'settled a generation whose workflow is gone');
    await deps
      .abandon({ generationId })
      .catch((error: unknown) => log.warn({ err: error, generationId }, 'cleaning up later'));
  }
  return settled;
}
