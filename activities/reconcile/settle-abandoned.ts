import { FAILURES, type FailureCode } from '#domain/generation/failure.ts';
import { release } from '#drizzle/ledger/release.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { listStale } from '#drizzle/queries/generations/generation-sweep.ts';
import { ReconcileRefused } from '../safety/reconcile-refused.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { isStuck } from './is-stuck.ts';
import { createRotation } from './rotation.ts';
import { PART_LIMITS } from './run-part.ts';

const MAX_PER_ROUND = 200;
/** A workflow ends at its deadline; saving and settling an image it has by then take less than this. */
const DEADLINE_GRACE_MS = 10 * 60_000;

/** Of the part's time. A slow judgement leaves the rest to settle what was judged. */
const JUDGING_SHARE = 0.5;

type Judgement = 'running' | 'unknown' | 'lost' | 'stuck';

/**
 * Settles generations that hold credits but whose workflow is gone (terminated, timed out or lost) or stuck long after its deadline. The
 * release has no effect on a generation that was captured; all others fail, and their credits are released. The rows of a round are judged
 * before the first is settled.
 *
 * @returns how many generations were settled
 * @throws ReconcileRefused `too_many_lost` when more than `settleMax` are lost or stuck: none is settled then
 */
export function createSettleAbandoned(deps: ReconcileDeps) {
  const { database, log, measurements, settleMax, reconcileAfterMs, partLimits = PART_LIMITS } = deps;
  const rotation = createRotation<Generation>(MAX_PER_ROUND);
  return async function settleAbandoned(context: PartContext): Promise<number> {
    const rows = await rotation.list((after) =>
      listStale(database, { olderThanMs: reconcileAfterMs, limit: MAX_PER_ROUND, after }),
    );
    const judging = AbortSignal.any([context.signal, AbortSignal.timeout(partLimits.budgetMs * JUDGING_SHARE)]);
    const judgements = await actOnRows(
      { ...context, signal: judging },
      rows,
      (row) => judge(deps, row),
      (begun) => rotation.advance(rows, begun),
    );
    const judged = (wanted: Judgement) => rows.filter((_, index) => judgements[index] === wanted);
    const unknown = judged('unknown').length;
    if (unknown > 0) {
      measurements.reconcileRefused('unknown_workflows');
      log.error(
        { unknown, of: rows.length },
        'the workflows of generations in progress are not in this Temporal namespace; check that it is the right one',
      );
    }
    const [lost, stuck] = [judged('lost'), judged('stuck')];
    if (lost.length + stuck.length > settleMax) {
      throw new ReconcileRefused(
        'too_many_lost',
        `${lost.length} workflows are gone and ${stuck.length} stuck, of ${rows.length}, but RECONCILE_SETTLE_MAX is ${settleMax}: none is settled`,
      );
    }
    const stuckRows = new Set(stuck);
    const end = (row: Generation) =>
      stuckRows.has(row) ? endStuck(deps, row.id) : settle(deps, row.id, 'interrupted');
    return countOf(await actOnRows(context, [...lost, ...stuck], end));
  };
}

/**
 * A namespace without the workflow may be the wrong one. So a generation is lost when its workflow is closed, or when its deadline
 * rules out that it runs in any namespace. A batch member that was never started is judged by its batch.
 */
async function judge(deps: ReconcileDeps, { id, batchId, deadlineAt }: Generation): Promise<Judgement> {
  const { workflows, now = Date.now } = deps;
  const isOverdue = deadlineAt === null || deadlineAt.getTime() + DEADLINE_GRACE_MS < now();
  const own = await workflows.stateOf(id);
  // A running batch will start or settle a member.
  const batch = own === 'running' || batchId === null ? 'unknown' : await workflows.batchStateOf(batchId);
  if (own === 'running' || batch === 'running') return isOverdue && (await isStuck(deps, id)) ? 'stuck' : 'running';
  return own === 'closed' || batch === 'closed' || isOverdue ? 'lost' : 'unknown';
}

/**
 * Terminates the workflow first, so that it can't go on. A step of it that still runs either captures before the release, which then
 * has no effect, or loses; its objects are removed here or by the sweep.
 */
async function endStuck(deps: ReconcileDeps, generationId: string): Promise<boolean> {
  await deps.workflows.terminate(generationId, 'stuck after its deadline');
  return settle(deps, generationId, 'deadline');
}

async function settle(deps: ReconcileDeps, generationId: string, code: FailureCode): Promise<boolean> {
  const { database, log, measurements } = deps;
  const failure = { code, message: FAILURES[code].message };
  const outcome = await release(database, { generationId, status: 'failed', failure });
  if (outcome.kind === 'released') measurements.generationEnded({ generationId, outcome: 'failed', code });
  log.warn({ generationId, outcome: outcome.kind, code }, 'settled a generation whose workflow is gone or stuck');
  await deps
    .abandon({ generationId })
    .catch((error: unknown) =>
      log.warn({ err: error, generationId }, 'could not clean up the generation; a later round will'),
    );
  return outcome.kind === 'released';
}
