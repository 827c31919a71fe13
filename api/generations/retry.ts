import { randomInt } from 'node:crypto';
import { priceOf } from '#domain/generation/pricing.ts';
import { chooseSeed } from '#domain/generation/seed.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readReference, type ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { bindRetryKey, readLastRetry, readRetryByKey } from '#drizzle/queries/generations/retries.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Handler, RouteReply } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { moderatePrompts } from '../moderation/moderate-prompts.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { RequestContext } from '../request-context.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedReply } from './accepted-reply.ts';
import { admitIfRequested } from './admit.ts';
import { chooseProviders } from './choose-providers.ts';
import { assertNoCoolDown } from './cool-down.ts';
import type { CreateDeps } from './create.ts';
import { insertRequest } from './insert-request.ts';
import { assertNotPaused } from './assert-not-paused.ts';
import { answerFromRow, answerReplay } from './answer-replay.ts';
import { visibleGeneration } from './visible-generation.ts';

const ROUTE = 'POST /generations/:id/retry';

/**
 * Starts the same request as a new generation with a hold of its own: the successor, of which there is one, from whatever device the
 * retry is sent. While the successor is unfinished, and once it has completed, a retry is answered with it; if it has failed, it is
 * retried in turn. A seed that was not requested is chosen anew.
 */
export function retryGeneration(deps: CreateDeps): Handler<'retryGeneration'> {
  return async ({ params, caller, idempotencyKey, context }) => {
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ retryOf: params.id });
    const retry = { id, requestHash: hash, idempotencyKey, accountId };

    const replay = (await answerReplay(deps, context, retry)) ?? (await answerBoundKey(deps, context, retry));
    if (replay) return replay;

    const requested = await visibleGeneration(deps.database, caller, params.id);
    const failed = (await readLastRetry(deps.database, requested.id)) ?? requested;
    if (failed.id !== requested.id && !isRetryable(failed)) return join(deps, context, retry, failed);
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
        ...retry,
        retryOf: failed.id,
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
      // Another device was first.
      if (generation.id !== id) return join(deps, context, retry, generation);
      context.generationId = id;
      assertSameRequest(generation, hash);
      const row = await admitIfRequested(deps, generation);
      return acceptedReply(deps.present, row, { replayed });
    });
  };
}

/** A retry's identity, from its Idempotency-Key. */
type Retry = Pick<NewGeneration, 'id' | 'accountId' | 'requestHash' | 'idempotencyKey'>;

/** Answers with the successor that exists already, and binds the key to it. */
async function join(
  deps: CreateDeps,
  context: RequestContext,
  { idempotencyKey, ...retry }: Retry,
  successor: Generation,
): Promise<RouteReply<'retryGeneration'>> {
  context.generationId = successor.id;
  return withIdInFailure({ generationId: successor.id }, async () => {
    if (idempotencyKey !== undefined) await bindRetryKey(deps.database, { ...retry, generationId: successor.id });
    return answerFromRow(deps, successor);
  });
}

/** Answers a key that was bound to a successor before, whatever has become of that. @returns undefined for another key */
async function answerBoundKey(
  deps: CreateDeps,
  context: RequestContext,
  { id, requestHash: hash, idempotencyKey }: Retry,
): Promise<RouteReply<'retryGeneration'> | undefined> {
  const bound = idempotencyKey === undefined ? undefined : await readRetryByKey(deps.database, id);
  if (!bound) return undefined;
  assertSameRequest(bound, hash);
  context.generationId = bound.generation.id;
  return withIdInFailure({ generationId: bound.generation.id }, () => answerFromRow(deps, bound.generation));
}

/** A requested seed, or that of a restyled image, stays; any other is chosen anew, since it may be what failed. */
function seedOf({ request, seed }: Generation): number {
  const { options, mode = 'text', reference } = storedRequest.parse(request);
  const seedToRepeat = options?.seed ?? (mode === 'style' ? seed : undefined);
  return seedToRepeat ?? chooseSeed(mode, reference?.seed, randomInt);
}

function isRetryable({ status }: Generation): boolean {
  return status === 'failed' || status === 'cancelled';
}

/**
 * @returns the id of its project
 * @throws ApiProblem conflict for a generation that is not over or was an upload, not_found when its project was deleted
 */
function assertRetryable(generation: Generation): string {
  const { status, sourceType, projectId } = generation;
  if (!isRetryable(generation)) {
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
