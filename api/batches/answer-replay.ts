import { listMembers, type NewBatch, readBatch } from '#drizzle/queries/generations/batches.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { assertNotPaused } from '../generations/assert-not-paused.ts';
import { assertNoCoolDown } from '../generations/cool-down.ts';
import type { RouteReply } from '../handler.ts';
import { assertSameRequest } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedBatchReply } from './accepted-reply.ts';
import { admitBatchIfRequested, type AdmitBatchDeps } from './admit.ts';
import type { BatchDeps } from './read.ts';

export interface BatchReplayDeps extends BatchDeps, AdmitBatchDeps {
  readonly featureSwitches: FeatureSwitches;
}

interface ReplayedRequest extends Pick<NewBatch, 'id' | 'requestHash'> {
  readonly idempotencyKey: string | undefined;
}

/**
 * Answers an Idempotency-Key that was used before from its batch, even if its project or presets have changed since.
 * @returns undefined without a key, and when there is no such batch
 * @throws ApiProblem idempotency_mismatch, rate_limited, unavailable, or the refusal of the admission
 */
export async function answerBatchReplay(
  deps: BatchReplayDeps,
  { id, requestHash, idempotencyKey }: ReplayedRequest,
): Promise<RouteReply<'createBatch'> | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return withIdInFailure({ batchId: id }, async () => {
    const batch = await readBatch(deps.database, id);
    if (!batch) return undefined;
    // A refused batch that is sent again counts as a new try.
    if (batch.refusal) await assertNoCoolDown(deps.database, batch.accountId);
    const members = await listMembers(deps.database, id);
    assertSameRequest(batch, requestHash);
    // As for a single generation: a batch that was answered with 202 continues while new generations are paused.
    const isNew = batch.admittedAt === null && batch.acceptedAt === null && batch.cancelledAt === null;
    if (isNew) await assertNotPaused(deps.featureSwitches);
    const admitted = await admitBatchIfRequested(deps, { batch, members });
    return acceptedBatchReply(deps.present, admitted, { replayed: true });
  });
}
