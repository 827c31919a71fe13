import type { UploadAvatar } from '#contract/upload.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import { readProject } from '#drizzle/queries/avatars/projects.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { acceptedReply } from '../generations/accepted-reply.ts';
import { admit, type AdmitDeps } from '../generations/admit.ts';
import { assertNoCoolDown } from '../generations/cool-down.ts';
import { insertRequest } from '../generations/insert-request.ts';
import { assertAdmissible } from '../generations/assert-admissible.ts';
import { assertNotPaused } from '../generations/assert-not-paused.ts';
import type { Handler } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { moderatePrompts } from '../moderation/moderate-prompts.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { hashInTurns } from './digest.ts';
import { outcomeReply, type OutcomeReplyDeps } from './outcome-reply.ts';
import type { ReadImage } from './read-image.ts';
import { stageUpload, type StagingDeps, unstageUpload } from './stage-upload.ts';

const ROUTE = 'POST /projects/:id/avatars';

export interface UploadDeps extends AdmitDeps, StagingDeps, OutcomeReplyDeps {
  readonly featureSwitches: FeatureSwitches;
  readonly prices: Prices;
  readonly readImage: ReadImage;
}

/**
 * Turns an uploaded image into an avatar by the same workflow as a generation. The file is decoded and encoded anew first, so an
 * invalid one is refused before anything is written, and what can't be admitted before it is decoded. The image is staged before admission, so an admitted upload always has one.
 * @throws ApiProblem image_rejected, prompt_not_allowed, insufficient_credits and the other refusals of the route
 */
export function uploadAvatar(deps: UploadDeps): Handler<'uploadAvatar'> {
  return async ({ params, body, file, caller, idempotencyKey, context }) => {
    const { database } = deps;
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body, image: (await hashInTurns(file)).digest('hex') });
    const withGenerationId = <Result>(work: () => Promise<Result>) => withIdInFailure({ generationId: id }, work);
    context.generationId = id;

    const stored = idempotencyKey && (await withGenerationId(() => readGeneration(database, id)));
    if (stored) assertSameRequest(stored, hash);
    if (stored && stored.status !== 'requested') {
      return withGenerationId(() => outcomeReply(deps, stored, { replayed: true }));
    }

    if (!(await readProject(database, accountId, params.id))) throw notFound();
    await assertNotPaused(deps.featureSwitches);
    await assertNoCoolDown(database, accountId);
    const request = requestOf(body);
    await moderatePrompts(database, { accountId, id, requestHash: hash, prompts: [{ path: '', request }] });
    const price = priceOf('upload', deps.prices);
    await assertAdmissible(database, { accountId, price });
    const { bytes } = await deps.readImage(accountId, (decoder) => decoder.sanitize(file, 'lossless', body.crop));

    return withGenerationId(async () => {
      const { generation, replayed } = await insertRequest(database, {
        id,
        accountId,
        projectId: params.id,
        sourceType: 'upload',
        request,
        requestHash: hash,
        idempotencyKey,
        price,
        tier,
        priority: TIER_RULES[tier].priorityKey,
        plan: [],
        seed: null,
        builtPrompt: null,
      });
      assertSameRequest(generation, hash);
      if (generation.status !== 'requested') return outcomeReply(deps, generation, { replayed });
      await stageUpload(deps, { accountId, generationId: id, bytes });
      const row = await admitOrUnstage(deps, generation);
      // No worker has admitted it yet, so there is nothing to wait for.
      if (row.status === 'requested') return acceptedReply(deps.present, row, { replayed });
      return outcomeReply(deps, row, { replayed });
    });
  };
}

async function admitOrUnstage(deps: UploadDeps, generation: Generation): Promise<Generation> {
  try {
    return await admit(deps, generation);
  } catch (error) {
    // If the bucket is unreachable, the sweep removes the staged image once the unadmitted request is dropped.
    if (error instanceof ApiProblem) await unstageUpload(deps, generation.id).catch(() => undefined);
    throw error;
  }
}

/** Everything about the avatar except its image. */
function requestOf({ name, persona, attributes }: UploadAvatar) {
  return {
    sourceType: 'upload',
    name: avatarName({ name, persona }),
    ...(persona && { persona }),
    ...(attributes && { attributes }),
    ...(attributes?.style && { style: attributes.style }),
  };
}
