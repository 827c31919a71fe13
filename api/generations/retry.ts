import { randomInt } from 'node:crypto';
import { priceOf } from '#domain/generation/pricing.ts';
import { chooseSeed } from '#domain/generation/seed.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readReference, type ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Handler } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { moderatePrompts } from '../moderation/moderate-prompts.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedReply } from './accepted-reply.ts';
import { admitIfRequested } from './admit.ts';
import { chooseProviders } from './choose-providers.ts';
import { assertNoCoolDown } from './cool-down.ts';
import type { CreateDeps } from './create.ts';
import { insertRequest } from './insert-request.ts';
import { assertNotPaused } from './assert-not-paused.ts';
import { answerReplay } from './answer-replay.ts';
import { visibleGeneration } from './visible-generation.ts';

const ROUTE = 'POST /generations/:id/retry';

/** Starts the same request as a new generation with a hold of its own. A seed that was not requested is chosen anew. */
export function retryGeneration(deps: CreateDeps): Handler<'retryGeneration'> {
  return async ({ params, caller, idempotencyKey, context }) => {
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ retryOf: params.id });

    const replay = await answerReplay(deps, context, { id, requestHash: hash, idempotencyKey });
    if (replay) return replay;

    const failed = await visibleGeneration(deps.database, caller, params.id);
    const projectId = assertRetryable(failed);
    const { options, mode, strength, reference } = storedRequest.parse(failed.request);
    const source = await existingReference(deps.database, accountId, reference);
    const chosen = await chooseProviders(deps, { options, mode, strength, reference: source });
    await assertNotPaused(deps.featureSwitches);
    await assertNoCoolDown(deps.database, accountId);
    const prompts = [{ path: '', request: failed.request }];
    await moderatePrompts(deps.database, { accountId, id, requestHash: hash, prompts });

    return withIdInFailure({ generationId: id }, async () => {
      const { generation, replayed } = await insertRequest(deps.database, {
        id,
        requestHash: hash,
        idempotencyKey,
        accountId,
        projectId,
        sourceType: failed.sourceType,
        request: failed.request,
        price: priceOf(failed.sourceType, deps.prices),
        tier,
        priority: TIER_RULES[tier].priorityKey,
        ...chosen,
        seed: seedOf(failed),
        builtPrompt: failed.builtPrompt,
      });
      context.generationId = id;
      assertSameRequest(generation, hash);
      const row = await admitIfRequested(deps, generation);
      return acceptedReply(deps.present, row, { replayed });
    });
  };
}

/** A requested seed, or that of a restyled image, stays; any other is chosen anew, since it may be what failed. */
function seedOf({ request, seed }: Generation): number {
  const { options, mode = 'text', reference } = storedRequest.parse(request);
  const seedToRepeat = options?.seed ?? (mode === 'style' ? seed : undefined);
  return seedToRepeat ?? chooseSeed(mode, reference?.seed, randomInt);
}

/**
 * @returns the id of its project
 * @throws ApiProblem conflict for a generation that is not over or was an upload, not_found when its project was deleted
 */
function assertRetryable({ status, sourceType, projectId }: Generation): string {
  if (status !== 'failed' && status !== 'cancelled') {
    throw new ApiProblem('conflict', {
      detail: `Only a failed or cancelled generation can be retried; this one is ${status}`,
    });
  }
  if (sourceType === 'upload') {
    throw new ApiProblem('conflict', { detail: 'The uploaded image was not stored: upload it again' });
  }
  if (projectId === null) throw notFound();
  return projectId;
}

async function existingReference(
  database: Database,
  accountId: string,
  reference: Parameters<typeof readReference>[2] | undefined,
): Promise<ReferenceSource | undefined> {
  if (reference === undefined) return undefined;
  const source = await readReference(database, accountId, reference);
  if (source) return source;
  throw new ApiProblem('conflict', { detail: 'Its reference image no longer exists' });
}
