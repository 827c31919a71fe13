import { API_BASE } from '#contract/route.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { RouteReply } from '../handler.ts';
import { presentAnyway, presentOne, type PresentGenerations } from './present.ts';

/** 202 with the generation as it is now. */
export async function acceptedReply(
  present: PresentGenerations,
  row: Generation,
  { replayed }: { readonly replayed: boolean },
): Promise<RouteReply<'createGeneration'>> {
  return {
    status: 202,
    body: await presentOne(presentAnyway(present), row),
    headers: {
      Location: `${API_BASE}/generations/${row.id}`,
      ...(replayed && { 'Idempotent-Replayed': 'true' }),
    },
  };
}
