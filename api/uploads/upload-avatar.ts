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
import { insertIntent, type NewGeneration, readGeneration } from '#drizzle/queries/generations/generations.ts';
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
import { nameInFailure } from '../name-in-failure.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { moderatePrompts } from '../policy/moderate-prompts.ts';
import type { ReadImage } from './read-image.ts';
import { stageUpload, type StagingDeps, unstageUpload } from './stage-upload.ts';
import type { PresentAvatar } from '../avatars/present.ts';

const ROUTE = 'POST /projects/:id/avatars';
/** Making takes a third of a second; below the time-outs of usual proxies. After it the answer is 202, and the rest comes as events. */
const OUTCOME_WAIT_MS = 10_000;
const LOOKALIKES_SHOWN = 5;

export interface UploadDeps extends AdmitAndPresentDeps, StagingDeps {
  readonly prices: Prices;
  readonly presentAvatar: PresentAvatar;
  readonly readImage: ReadImage;
  readonly outcomes: Pick<Outcomes, 'wait'>;
}

/**
 * An image becomes an avatar by the same workflow as a painted one. The file is decoded and encoded anew first, so a bad one is
 * refused before anything is written; the image is staged before its credits are asked for, so an admitted one is always there.
 */
export function uploadAvatar(deps: UploadDeps): Handler<'uploadAvatar'> {
  return async ({ params, body, file, caller, idempotencyKey, context }) => {
    const { accountId, tier } = caller;
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body, image: createHash('sha256').update(file).digest('hex') });
    context.generationId = id;

    const named = <Result>(work: () => Promise<Result>) => nameInFailure({ generationId: id }, work);
    const before = idempotencyKey === undefined ? undefined : await named(() => readGeneration(deps.database, id));
    if (before && before.requestHash !== hash) throw new ApiProblem('idempotency_mismatch');
    if (before && before.status !== 'requested') return named(() => answer(deps, before, true));

    await assertNotPaused(deps.featureSwitches);
    await assertNoCoolDown(deps.database, accountId);
    if (!(await readProject(deps.database, accountId, params.id))) throw notFound();
    const request = requestOf(body);
    await moderatePrompts(deps.database, { accountId, id, requestHash: hash, prompts: [{ path: '', request }] });
    const picture = await deps.readImage(file, 'lossless');
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
    return named(() => startUpload(deps, input, picture.bytes));
  };
}

async function startUpload(deps: UploadDeps, input: NewGeneration, bytes: Buffer): Promise<Answer> {
  const { id, accountId } = input;
  const intent = await insertIntent(deps.database, input);
  if (intent.kind === 'no_project') throw notFound();
  const { generation } = intent;
  if (generation.requestHash !== input.requestHash) throw new ApiProblem('idempotency_mismatch');
  const replayed = intent.kind === 'exists';
  if (generation.status !== 'requested') return answer(deps, generation, replayed);
  await stageUpload(deps, { accountId, generationId: id, bytes });
  const row = await admitOrUnstage(deps, generation);
  // Nobody is there to make it: there is nothing to wait for.
  if (row.status === 'requested') return accepted(deps, row, headersOf(replayed));
  return answer(deps, row, replayed);
}

async function admitOrUnstage(deps: UploadDeps, generation: Generation): Promise<Generation> {
  try {
    return await admit(deps, generation);
  } catch (error) {
    // What stays because the bucket is away is found by the sweep once the unanswered request is dropped.
    if (error instanceof ApiProblem) await unstageUpload(deps, generation.id).catch(() => undefined);
    throw error;
  }
}

/** Everything about the avatar but its image. */
function requestOf({ name, persona, attributes }: UploadAvatar) {
  return {
    sourceType: 'upload',
    name: avatarName({ name, persona }),
    ...(persona && { persona }),
    ...(attributes && { attributes }),
    ...(attributes?.style && { style: attributes.style }),
  };
}

type Answer = RouteReply<'uploadAvatar'>;

async function answer(deps: UploadDeps, generation: Generation, replayed: boolean): Promise<Answer> {
  const row = isFinal(generation.status) ? generation : await deps.outcomes.wait(generation.id, OUTCOME_WAIT_MS);
  const done = await finishedAvatar(deps, row)
    .then((avatar) => avatar && delivered(deps, avatar, headersOf(replayed)))
    // It is made, and shown as soon as it can be read.
    .catch(() => undefined);
  if (done) return done;
  if (row?.failure?.code === 'corrupt_image' || row?.failure?.code === 'image_rejected') {
    throw new ApiProblem('image_rejected', { detail: row.failure.message });
  }
  return accepted(deps, row ?? generation, headersOf(replayed));
}

/** With what looks the same: a warning, and nothing more. */
async function delivered(deps: UploadDeps, avatar: Avatar, headers: Headers): Promise<Answer> {
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

async function accepted(deps: UploadDeps, row: Generation, headers: Headers): Promise<Answer> {
  const [body] = await presentAnyway(deps.present)([row]);
  if (!body) throw new Error('Presenting a generation gave nothing');
  return { status: 202, body, headers: { ...headers, Location: `${API_BASE}/generations/${row.id}` } };
}

type Headers = Readonly<Record<string, string>>;

function headersOf(replayed: boolean): Headers {
  return replayed ? { 'Idempotent-Replayed': 'true' } : {};
}

/** Undefined while it is being made, after it failed, and while an admin has to look at it first. */
async function finishedAvatar({ database }: UploadDeps, row: Generation | undefined): Promise<Avatar | undefined> {
  if (row?.status !== 'completed') return undefined;
  const [avatar] = await avatarsOfGenerations(database, [row.id]);
  return avatar;
}
