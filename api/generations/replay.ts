import { type NewGeneration, readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { RouteReply } from '../handler.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import type { RequestContext } from '../request-context.ts';
import { admitAndPresent, type AdmitAndPresentDeps } from './admit-and-present.ts';
import { assertNoCoolDown } from './cool-down.ts';

/**
 * Answers an Idempotency-Key that was used before from its row, whatever has become since of the project or the preset it named.
 * @returns undefined without a key, and when there is no such row
 * @throws ApiProblem idempotency_mismatch, rate_limited, or the reason why it is refused again
 */
export async function answerReplay(
  deps: AdmitAndPresentDeps,
  context: RequestContext,
  { id, requestHash, idempotencyKey }: Pick<NewGeneration, 'id' | 'requestHash' | 'idempotencyKey'>,
): Promise<RouteReply<'createGeneration'> | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return withIdInFailure({ generationId: id }, async () => {
    const generation = await readGeneration(deps.database, id);
    if (!generation) return undefined;
    // A refused request that is sent again counts as a new try.
    if (generation.refusal) await assertNoCoolDown(deps.database, generation.accountId);
    return admitAndPresent(deps, context, { generation, requestHash, replayed: true });
  });
}
