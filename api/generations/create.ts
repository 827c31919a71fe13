import { randomInt } from 'node:crypto';
import type { CreateGeneration } from '../../contract/generation.ts';
import { SEED_MAX } from '../../domain/image.ts';
import { priceOf, type Prices } from '../../domain/pricing.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { TIER_RULES } from '../../domain/tier.ts';
import { type Preset, readPreset } from '../../drizzle/queries/presets.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { idFor, requestHash } from '../idempotency.ts';
import type { Caller } from '../request-context.ts';
import { planFor, resolveRequest } from './resolve-request.ts';
import { replay, start, type StartDeps } from './start.ts';

const ROUTE = 'POST /projects/:id/generations';

export interface CreateDeps extends StartDeps {
  /** Painters that are configured. */
  readonly providers: readonly ProviderName[];
  readonly prices: Prices;
}

/** Writes the wish down, then has it admitted. */
export function createGeneration(deps: CreateDeps): Handler<'createGeneration'> {
  return async ({ params, body, caller, idempotencyKey, context }) => {
    const wish = {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      requestHash: requestHash({ params, body }),
      idempotencyKey,
    };
    const replayed = await replay(deps, context, wish);
    if (replayed) return replayed;
    const { request, builtPrompt } = resolveRequest(body, await presetOf(deps, caller, body));
    const started = await start(deps, context, {
      ...wish,
      accountId: caller.accountId,
      projectId: params.id,
      sourceType: body.sourceType,
      request: { ...request },
      price: priceOf(body.sourceType, deps.prices),
      tier: caller.tier,
      priority: TIER_RULES[caller.tier].priorityKey,
      plan: planFor(request, await deps.switchboard.switchedOn(deps.providers)),
      seed: body.options?.seed ?? randomSeed(),
      builtPrompt,
    });
    if (started === undefined) throw notFound();
    return started;
  };
}

async function presetOf(
  { database }: CreateDeps,
  { accountId }: Caller,
  { presetId }: CreateGeneration,
): Promise<Preset | undefined> {
  if (presetId === undefined) return undefined;
  const preset = await readPreset(database, accountId, presetId);
  if (preset) return preset;
  throw new ApiProblem('validation_failed', { errors: [{ path: 'presetId', message: 'there is no such preset' }] });
}

/** Any 32-bit number, kept so that the picture can be made again. */
export function randomSeed(): number {
  return randomInt(SEED_MAX + 1);
}
