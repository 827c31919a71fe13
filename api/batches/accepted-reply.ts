import { API_BASE } from '#contract/route.ts';
import { presentAnyway, type PresentGenerations } from '../generations/present.ts';
import type { RouteReply } from '../handler.ts';
import type { BatchWithMembers } from './admit.ts';
import { presentBatch } from './present.ts';

/** 202 with the batch as it is now. */
export async function acceptedBatchReply(
  present: PresentGenerations,
  { batch, members }: BatchWithMembers,
  { replayed }: { readonly replayed: boolean },
): Promise<RouteReply<'createBatch'>> {
  return {
    status: 202,
    body: await presentBatch(presentAnyway(present), batch, members),
    headers: { Location: `${API_BASE}/batches/${batch.id}`, ...(replayed && { 'Idempotent-Replayed': 'true' }) },
  };
}
