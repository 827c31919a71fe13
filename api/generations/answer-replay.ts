import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { type NewGeneration, readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import type { RouteReply } from '../handler.ts';
import { assertSameRequest } from '../idempotency.ts';
import type { RequestContext } from '../request-context.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedReply } from './accepted-reply.ts';
import { admitIfRequested, type AdmitDeps } from './admit.ts';
import { assertNoCoolDown } from './cool-down.ts';
import { assertNotPaused } from './assert-not-paused.ts';
import type { PresentGenerations } from './present.ts';

export interface ReplayDeps extends AdmitDeps {
  readonly present: PresentGenerations;
  readonly featureSwitches: FeatureSwitches;
}

/**
 * Answers an Idempotency-Key that was used before from its row, even if its project or preset has changed since.
 * @returns undefined without a key, and when there is no such row
 * @throws ApiProblem idempotency_mismatch, rate_limited, unavailable, or the refusal of the admission
 */
export async function answerReplay(
  deps: ReplayDeps,
  context: RequestContext,
  { id, requestHash, idempotencyKey }: Pick<NewGeneration, 'id' | 'requestHash' | 'idempotencyKey'>,
): Promise<RouteReply<'createGeneration'> | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return withIdInFailure({ generationId: id }, async () => {
    const generation = await readGeneration(deps.database, id);
    if (!generation) return undefined;
    context.generationId = id;
    assertSameRequest(generation, requestHash);
    return answerFromRow(deps, generation);
  });
}

/**
 * Answers with a generation that was requested before, which is admitted now if it was not yet.
 * @throws ApiProblem rate_limited, unavailable, or the refusal of the admission
 */
export async function answerFromRow(deps: ReplayDeps, generation: Generation): Promise<RouteReply<'createGeneration'>> {
  // A refused request that is sent again counts as a new try.
  if (generation.refusal) await assertNoCoolDown(deps.database, generation.accountId);
  // A request that was answered with 202 is no longer new: it continues while new generations are paused.
  const isNew = generation.status === 'requested' && generation.acceptedAt === null;
  if (isNew) await assertNotPaused(deps.featureSwitches);
  const row = await admitIfRequested(deps, generation);
  return acceptedReply(deps.present, row, { replayed: true });
}
