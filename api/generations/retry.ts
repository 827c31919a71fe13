import { storedRequest } from '#contract/generation.ts';
import { priceOf } from '#domain/generation/pricing.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import { readReference } from '#drizzle/queries/avatars/references.ts';
import type { Handler } from '../handler.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { CreateDeps } from './create.ts';
import { chooseProviders } from './choose-providers.ts';
import { randomSeed } from './resolve-input.ts';
import { replay, start } from './start.ts';
import { visibleGeneration } from './visible.ts';

const ROUTE = 'POST /generations/:id/retry';

/** The same request as a new generation with a new hold. A seed that was not asked for is chosen anew. */
export function retryGeneration(deps: CreateDeps): Handler<'retryGeneration'> {
  return async ({ params, caller, idempotencyKey, context }) => {
    const input = {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      requestHash: requestHash({ retryOf: params.id }),
      idempotencyKey,
    };
    const replayed = await replay(deps, context, input);
    if (replayed) return replayed;
    const old = await visibleGeneration(deps.database, caller, params.id);
    if (old.status !== 'failed' && old.status !== 'cancelled') {
      throw new ApiProblem('conflict', {
        detail: `Only a failed or cancelled one can be made again, this is ${old.status}`,
      });
    }
    if (old.sourceType === 'upload') throw new ApiProblem('conflict', { detail: 'Its image is gone: upload it again' });
    if (old.projectId === null) throw notFound();
    const { options, mode, strength, reference } = storedRequest.parse(old.request);
    if (reference && !(await readReference(deps.database, caller.accountId, reference))) {
      throw new ApiProblem('conflict', { detail: 'The image it begins with is gone' });
    }
    const started = await start(deps, context, {
      ...input,
      accountId: caller.accountId,
      projectId: old.projectId,
      sourceType: old.sourceType,
      request: old.request,
      price: priceOf(old.sourceType, deps.prices),
      tier: caller.tier,
      priority: TIER_RULES[caller.tier].priorityKey,
      ...(await chooseProviders(deps, { options, mode, strength })),
      seed: options?.seed ?? (mode === 'style' ? old.seed : null) ?? randomSeed(),
      builtPrompt: old.builtPrompt,
    });
    if (started === undefined) throw notFound();
    return started;
  };
}
