import { randomInt } from 'node:crypto';
import { SEED_MAX } from '../../domain/image.ts';
import { priceOf, type Prices } from '../../domain/pricing.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { TIER_RULES } from '../../domain/tier.ts';
import { readPreset } from '../../drizzle/queries/presets.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { planFor, resolveRequest } from './resolve-request.ts';
import { start, type StartDeps } from './start.ts';

const ROUTE = 'POST /projects/:id/generations';

export interface CreateDeps extends StartDeps {
  /** Painters that are configured. */
  readonly providers: readonly ProviderName[];
  readonly prices: Prices;
}

/** Writes the wish down, then has it admitted. */
export function createGeneration(deps: CreateDeps): Handler<'createGeneration'> {
  return async ({ params, body, caller, idempotencyKey, context }) => {
    const preset =
      body.presetId === undefined ? undefined : await readPreset(deps.database, caller.accountId, body.presetId);
    if (body.presetId !== undefined && preset === undefined) {
      throw new ApiProblem('validation_failed', { errors: [{ path: 'presetId', message: 'there is no such preset' }] });
    }
    const { request, builtPrompt } = resolveRequest(body, preset);
    const started = await start(deps, context, {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      accountId: caller.accountId,
      projectId: params.id,
      sourceType: body.sourceType,
      request: { ...request },
      requestHash: requestHash({ params, body }),
      idempotencyKey,
      price: priceOf(body.sourceType, deps.prices),
      tier: caller.tier,
      priority: TIER_RULES[caller.tier].priorityKey,
      plan: planFor(request, deps.providers),
      seed: body.options?.seed ?? randomSeed(),
      builtPrompt,
    });
    if (started === undefined) throw notFound();
    return started;
  };
}

/** Any 32-bit number, kept so that the picture can be made again. */
export function randomSeed(): number {
  return randomInt(SEED_MAX + 1);
}
