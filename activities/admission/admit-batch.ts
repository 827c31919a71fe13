import { isFinal } from '#domain/generation/generation.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { reserveBatch } from '#drizzle/ledger/reserve-batch.ts';
import { markBatchRefused } from '#drizzle/queries/generations/batch-progress.ts';
import { listMembers, readBatch } from '#drizzle/queries/generations/batches.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { finalFailure } from '../final-failure.ts';
import type { AdmitBatchResult, BatchMember, BatchRef } from '../activity-types.ts';

export interface AdmitBatchDeps {
  readonly database: Database;
  /** Overrides the tier's deadline. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Holds the credits of all members of a batch in one transaction, or of none. Limits apply as they do to single generations. A
 * refusal is stored on the batch and increments its admission number, so that a request with the same key can be admitted later.
 *
 * @throws ApplicationFailure `internal` when the batch does not exist
 */
export function createAdmitBatch({ database, deadlineMs }: AdmitBatchDeps) {
  return async function admitBatch({ batchId }: BatchRef): Promise<AdmitBatchResult> {
    const batch = await readBatch(database, batchId);
    const [first] = await listMembers(database, batchId);
    if (!batch || !first) throw finalFailure('internal');
    const outcome = await reserveBatch(database, {
      batchId,
      deadlineMs: deadlineMs ?? TIER_RULES[first.tier].deadlineMs,
    });
    if (outcome.kind === 'settled') return { outcome, members: [] };
    if (outcome.kind === 'refused') {
      const { admissionNumber } = batch;
      await markBatchRefused(database, { id: batchId, refusal: outcome.refusal, admissionNumber });
      return { outcome: { kind: 'refused', refusal: outcome.refusal, admissionNumber }, members: [] };
    }
    const members = await listMembers(database, batchId);
    return {
      outcome: { kind: 'admitted' },
      members: members.filter(({ status }) => !isFinal(status)).map(memberOf),
    };
  };
}

function memberOf({ id, sourceType, tier, priority }: Generation): BatchMember {
  return { generationId: id, sourceType, tier, priority };
}
