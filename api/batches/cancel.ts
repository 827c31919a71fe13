import { isFinal } from '#domain/generation/generation.ts';
import { markBatchCancelled } from '#drizzle/queries/generations/batch-progress.ts';
import { type Batch, listMembers, readBatch } from '#drizzle/queries/generations/batches.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { cancelRow } from '../generations/cancel.ts';
import { presentAnyway } from '../generations/present.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import { presentBatch } from './present.ts';
import { visibleBatch, type BatchDeps } from './read.ts';

export interface CancelBatchDeps extends BatchDeps {
  readonly workflows: Pick<GenerationWorkflows, 'cancel' | 'batches'>;
}

/**
 * Signals the batch's workflow to cancel the remaining members; each member's workflow returns its credits. Where no workflow runs,
 * each member is cancelled by itself.
 */
export function cancelBatch(deps: CancelBatchDeps): Handler<'cancelBatch'> {
  return async ({ params, body, caller }) => {
    const { database } = deps;
    const batch = await visibleBatch(database, caller, params.id);
    const members = await listMembers(database, batch.id);
    const open = members.filter(({ status }) => !isFinal(status));
    if (open.length === 0) throw new ApiProblem('conflict', { detail: 'The batch has already ended' });
    // As for a single generation, the signal cancels it also without the mark.
    const [marked] = await Promise.allSettled([markBatchCancelled(database, batch.id, body?.reason)]);
    const input = {
      code: `cancelled by ${caller.kind}`,
      accountId: caller.accountId,
      by: 'user',
      reason: body?.reason,
    } as const;
    if (!(await signalCancel(deps, batch, input))) {
      if (marked.status === 'rejected') throw marked.reason;
      for (const member of open) await cancelRow(deps, member, input).catch(ignoreEnded);
    }
    const row = (await readBatch(database, batch.id).catch(() => batch)) ?? batch;
    const now = await listMembers(database, row.id).catch(() => members);
    return { status: 202, body: await presentBatch(presentAnyway(deps.present), row, now) };
  };
}

/**
 * @returns false when no workflow runs for the batch
 * @throws TemporalUnavailable when it holds credits: then only its workflow can undo everything
 */
async function signalCancel(
  { workflows }: CancelBatchDeps,
  batch: Batch,
  { code, accountId }: { readonly code: string; readonly accountId: string },
): Promise<boolean> {
  try {
    return await workflows.batches.cancel(batch.id, { reason: code, by: accountId });
  } catch (error) {
    if (batch.admittedAt === null && error instanceof TemporalUnavailable) return false;
    throw error;
  }
}

/** A member that ended after it was listed and before it was cancelled. */
function ignoreEnded(error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'conflict') return;
  throw error;
}
