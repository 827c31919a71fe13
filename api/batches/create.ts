import { insertBatch } from '#drizzle/queries/generations/batches.ts';
import { readRequestGuards } from '#drizzle/queries/generations/request-guards.ts';
import { refuseDuringCoolDown } from '../generations/cool-down.ts';
import { assertNotPaused } from '../generations/assert-not-paused.ts';
import type { RateLimits } from '../middleware/rate-limit.ts';
import type { ResolveDeps } from '../generations/resolve-input.ts';
import type { Handler } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { moderatePrompts } from '../moderation/moderate-prompts.ts';
import { notFound } from '../problem.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { acceptedBatchReply } from './accepted-reply.ts';
import { admitBatchIfRequested } from './admit.ts';
import { expandItems } from './expand-items.ts';
import { answerBatchReplay, type BatchReplayDeps } from './answer-replay.ts';
import { promptsOf, resolveMembers } from './resolve-members.ts';

const ROUTE = 'POST /projects/:id/batches';

export type CreateBatchDeps = BatchReplayDeps & ResolveDeps & { readonly countRequests: RateLimits['more'] };

/** Stores the batch and all of its requests as rows, then has them admitted together. Each guard throws an ApiProblem before that. */
export function createBatch(deps: CreateBatchDeps): Handler<'createBatch'> {
  return async ({ params, body, caller, idempotencyKey }) => {
    const { accountId } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body });

    const replay = await answerBatchReplay(deps, { id, requestHash: hash, idempotencyKey });
    if (replay) return replay;

    const { defaults, coolDownMs } = await readRequestGuards(deps.database, accountId, params.id);
    if (defaults === undefined) throw notFound();
    const items = expandItems(body);
    // The request itself is counted already.
    await deps.countRequests(caller, items.length - 1);
    const members = await resolveMembers(deps, caller, { batchId: id, items, defaults });

    await assertNotPaused(deps.featureSwitches);
    refuseDuringCoolDown(coolDownMs);
    const prompts = promptsOf(body, members);
    await moderatePrompts(deps.database, { accountId, id, requestHash: hash, prompts });

    return withIdInFailure({ batchId: id }, async () => {
      const input = { id, accountId, projectId: params.id, requestHash: hash, members };
      const intent = await insertBatch(deps.database, input);
      if (intent.kind === 'no_project') throw notFound();
      assertSameRequest(intent.batch, hash);
      const admitted = await admitBatchIfRequested(deps, intent);
      return acceptedBatchReply(deps.present, admitted, { replayed: intent.kind === 'exists' });
    });
  };
}
