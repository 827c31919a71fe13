import { createHash } from 'node:crypto';
import { API_BASE } from '#contract/route.ts';
import type { UploadAvatar } from '#contract/upload.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import { DUPLICATE_BITS } from '#domain/avatar/duplicates.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import { type Avatar, avatarsOfGenerations } from '#drizzle/queries/avatars/avatars.ts';
import { listSimilar } from '#drizzle/queries/avatars/duplicates.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { insertGeneration, type NewGeneration, readGeneration } from '#drizzle/queries/generations/generations.ts';
import { readProject } from '#drizzle/queries/avatars/projects.ts';
import { presentLookalike } from '../duplicates/present.ts';
import { admit } from '../generations/admit.ts';
import { assertNoCoolDown } from '../generations/cool-down.ts';
import type { Outcomes } from '../generations/await-outcome.ts';
import { assertNotPaused } from '../generations/new-generations.ts';
import { presentAnyway } from '../generations/present.ts';
import type { AdmitAndPresentDeps } from '../generations/admit-and-present.ts';
import type { Handler, RouteReply } from '../handler.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { moderatePrompts } from '../policy/moderate-prompts.ts';
import type { ReadImage } from './read-image.ts';
import { stageUpload, type StagingDeps, unstageUpload } from './stage-upload.ts';
import type { PresentAvatar } from '../avatars/present.ts';

const ROUTE = 'POST /projects/:id/avatars';
/** Usually takes a third of a second; stays below the timeouts of common proxies. After it the response is 202, and events follow. */
const OUTCOME_WAIT_MS = 10_000;
const LOOKALIKES_SHOWN = 5;

export interface UploadDeps extends AdmitAndPresentDeps, StagingDeps {
  readonly prices: Prices;
  readonly presentAvatar: PresentAvatar;
  readonly readImage: ReadImage;
  readonly outcomes: Pick<Outcomes, 'wait'>;
}

/**
 * Turns an uploaded image into an avatar by the same workflow as a generation. The file is decoded and encoded anew first, so an
 * invalid one is refused before anything is written. The image is staged before admission, so an admitted upload always has one.
 * @throws ApiProblem image_rejected, prompt_rejected, insufficient_credits and the other refusals of the route
 */
export function uploadAvatar(deps: UploadDeps): Handler<'uploadAvatar'> {
  return async ({ params, body, file, caller, idempotencyKey, context }) => {
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body, image: createHash('sha256').update(file).digest('hex') });
    context.generationId = id;

    const withGenerationId = <Result>(work: () => Promise<Result>) => withIdInFailure({ generationId: id }, work);
    const existing =
      idempotencyKey === undefined ? undefined : await withGenerationId(() => readGeneration(deps.database, id));
    if (existing && existing.requestHash !== hash) throw new ApiProblem('idempotency_mismatch');
    if (existing && existing.status !== 'requested') return withGenerationId(() => respond(deps, existing, true));

    await assertNotPaused(deps.featureSwitches);
    await assertNoCoolDown(deps.database, accountId);
    if (!(await readProject(deps.database, accountId, params.id))) throw notFound();
    const request = requestOf(body);
    await moderatePrompts(deps.database, { accountId, id, requestHash: hash, prompts: [{ path: '', request }] });
    const image = await deps.readImage(file, 'lossless');
    const input: NewGeneration = {
      id,
      accountId,
      projectId: params.id,
      sourceType: 'upload',
      request,
      requestHash: hash,
      idempotencyKey,
      price: priceOf('upload', deps.prices),
      tier,
      priority: TIER_RULES[tier].priorityKey,
      plan: [],
      seed: null,
      builtPrompt: null,
    };
    return withGenerationId(() => startUpload(deps, input, image.bytes));
  };
}

async function startUpload(deps: UploadDeps, input: NewGeneration, bytes: Buffer): Promise<Reply> {
  const { id, accountId } = input;
  const intent = await insertGeneration(deps.database, input);
  if (intent.kind === 'no_project') throw notFound();
  const { generation } = intent;
  if (generation.requestHash !== input.requestHash) throw new ApiProblem('idempotency_mismatch');
  const replayed = intent.kind === 'exists';
  if (generation.status !== 'requested') return respond(deps, generation, replayed);
  await stageUpload(deps, { accountId, generationId: id, bytes });
  const row = await admitOrUnstage(deps, generation);
  // No worker has admitted it yet, so there is nothing to wait for.
  if (row.status === 'requested') return accepted(deps, row, headersOf(replayed));
  return respond(deps, row, replayed);
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

type Reply = RouteReply<'uploadAvatar'>;

async function respond(deps: UploadDeps, generation: Generation, replayed: boolean): Promise<Reply> {
  const row = isFinal(generation.status) ? generation : await deps.outcomes.wait(generation.id, OUTCOME_WAIT_MS);
  const created = await finishedAvatar(deps, row)
    .then((avatar) => avatar && delivered(deps, avatar, headersOf(replayed)))
    // The avatar exists but could not be read: respond with its generation.
    .catch(() => undefined);
  if (created) return created;
  if (row?.failure?.code === 'corrupt_image' || row?.failure?.code === 'image_rejected') {
    throw new ApiProblem('image_rejected', { detail: row.failure.message });
  }
  return accepted(deps, row ?? generation, headersOf(replayed));
}

/** Includes similar avatars as a warning. */
async function delivered(deps: UploadDeps, avatar: Avatar, headers: Headers): Promise<Reply> {
  const [body, lookalikes] = await Promise.all([
    deps.presentAvatar(avatar),
    listSimilar(deps.database, avatar.accountId, avatar.id, { withinBits: DUPLICATE_BITS, limit: LOOKALIKES_SHOWN }),
  ]);
  return {
    status: 201,
    body: { ...body, duplicates: lookalikes.map(presentLookalike) },
    headers: { ...headers, Location: `${API_BASE}/avatars/${avatar.id}` },
  };
}

async function accepted(deps: UploadDeps, row: Generation, headers: Headers): Promise<Reply> {
  const [body] = await presentAnyway(deps.present)([row]);
  if (!body) throw new Error('A generation could not be presented');
  return { status: 202, body, headers: { ...headers, Location: `${API_BASE}/generations/${row.id}` } };
}

type Headers = Readonly<Record<string, string>>;

function headersOf(replayed: boolean): Headers {
  return replayed ? { 'Idempotent-Replayed': 'true' } : {};
}

/** Undefined unless the generation is completed and its avatar still exists. */
async function finishedAvatar({ database }: UploadDeps, row: Generation | undefined): Promise<Avatar | undefined> {
  if (row?.status !== 'completed') return undefined;
  const [avatar] = await avatarsOfGenerations(database, [row.id]);
  return avatar;
}
