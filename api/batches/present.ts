import type { Batch } from '#contract/batch.ts';
import { GENERATION_STATUSES } from '#domain/generation/generation.ts';
import type { Batch as BatchRow } from '#drizzle/queries/generations/batches.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { PresentGenerations } from '../generations/present.ts';

/** A batch as the contract shows it, from its members. */
export async function presentBatch(
  present: PresentGenerations,
  row: BatchRow,
  members: readonly Generation[],
): Promise<Batch> {
  const count = (status: Generation['status']) => members.filter((member) => member.status === status).length;
  return {
    id: row.id,
    projectId: row.projectId,
    size: row.size,
    price: members.reduce((sum, { price }) => sum + price, 0),
    counts: Object.fromEntries(GENERATION_STATUSES.map((status) => [status, count(status)])) as Batch['counts'],
    refusal: row.refusal,
    generations: await present(members),
    createdAt: row.createdAt.toISOString(),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
  };
}
