import { TIER_RULES } from '#domain/generation/tier.ts';
import { readProjectDefaults } from '#drizzle/queries/avatars/projects.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { randomSeed, resolveInput, type ResolveDeps } from './resolve-input.ts';
import { replay, start, type StartDeps } from './start.ts';

const ROUTE = 'POST /projects/:id/generations';

export type CreateDeps = StartDeps & ResolveDeps;

/** Writes the request down, then has it admitted. */
export function createGeneration(deps: CreateDeps): Handler<'createGeneration'> {
  return async ({ params, body, caller, idempotencyKey, context }) => {
    const input = {
      id: idFor(caller.accountId, ROUTE, idempotencyKey),
      requestHash: requestHash({ params, body }),
      idempotencyKey,
    };
    const replayed = await replay(deps, context, input);
    if (replayed) return replayed;
    const defaults = await readProjectDefaults(deps.database, caller.accountId, params.id);
    const { wording: _, seed = randomSeed(), ...resolved } = await resolveInput(deps, caller, body, defaults);
    const started = await start(deps, context, {
      ...input,
      ...resolved,
      seed,
      accountId: caller.accountId,
      projectId: params.id,
      tier: caller.tier,
      priority: TIER_RULES[caller.tier].priorityKey,
    });
    if (started === undefined) throw notFound();
    return started;
  };
}
