import { TIER_RULES } from '#domain/generation/tier.ts';
import { readRequestGuards } from '#drizzle/queries/generations/request-guards.ts';
import type { Handler } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { moderatePrompts } from '../moderation/moderate-prompts.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedReply } from './accepted-reply.ts';
import { admitIfRequested } from './admit.ts';
import { refuseDuringCoolDown } from './cool-down.ts';
import { insertRequest } from './insert-request.ts';
import { assertNotPaused } from './assert-not-paused.ts';
import { answerReplay, type ReplayDeps } from './answer-replay.ts';
import { resolveInput, type ResolveDeps } from './resolve-input.ts';

const ROUTE = 'POST /projects/:id/generations';

export type CreateDeps = ReplayDeps & ResolveDeps;

/** Stores the request as a row, then has it admitted. Each guard throws an ApiProblem before anything is written. */
export function createGeneration(deps: CreateDeps): Handler<'createGeneration'> {
  return async ({ params, body, caller, idempotencyKey, context }) => {
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body });

    const replay = await answerReplay(deps, context, { id, requestHash: hash, idempotencyKey });
    if (replay) return replay;

    const { defaults, coolDownMs } = await readRequestGuards(deps.database, accountId, params.id);
    const { promptRequest: _, seed, ...resolved } = await resolveInput(deps, caller, body, defaults);
    await assertNotPaused(deps.featureSwitches);
    refuseDuringCoolDown(coolDownMs);
    const prompts = [{ path: '', request: resolved.request }];
    await moderatePrompts(deps.database, { accountId, id, requestHash: hash, prompts });

    return withIdInFailure({ generationId: id }, async () => {
      const { generation, replayed } = await insertRequest(deps.database, {
        ...resolved,
        id,
        requestHash: hash,
        idempotencyKey,
        seed,
        accountId,
        projectId: params.id,
        tier,
        priority: TIER_RULES[tier].priorityKey,
      });
      context.generationId = id;
      assertSameRequest(generation, hash);
      const row = await admitIfRequested(deps, generation);
      return acceptedReply(deps.present, row, { replayed });
    });
  };
}
