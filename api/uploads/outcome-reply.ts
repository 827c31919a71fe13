import { API_BASE } from '#contract/route.ts';
import { DUPLICATE_BITS } from '#domain/avatar/duplicates.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Avatar, avatarsOfGenerations } from '#drizzle/queries/avatars/avatars.ts';
import { listSimilar } from '#drizzle/queries/avatars/duplicates.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { PresentAvatar } from '../avatars/present.ts';
import { presentLookalike } from '../duplicates/present.ts';
import { acceptedReply } from '../generations/accepted-reply.ts';
import type { Outcomes } from '../generations/outcomes.ts';
import type { PresentGenerations } from '../generations/present.ts';
import type { RouteReply } from '../handler.ts';
import { ApiProblem } from '../problem.ts';

/** Usually takes a third of a second; stays below the timeouts of common proxies. After it the response is 202, and events follow. */
const OUTCOME_WAIT_MS = 10_000;
const LOOKALIKES_SHOWN = 5;

export interface OutcomeReplyDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
  readonly presentAvatar: PresentAvatar;
  readonly outcomes: Pick<Outcomes, 'wait'>;
}

type Reply = RouteReply<'uploadAvatar'>;
interface ReplyOptions {
  readonly replayed: boolean;
}

/**
 * 201 with the avatar once the upload has completed; 202 with the generation when it has not by {@link OUTCOME_WAIT_MS}, or ended
 * without an avatar.
 * @throws ApiProblem image_rejected
 */
export async function outcomeReply(
  deps: OutcomeReplyDeps,
  generation: Generation,
  options: ReplyOptions,
): Promise<Reply> {
  const row = isFinal(generation.status) ? generation : await deps.outcomes.wait(generation.id, OUTCOME_WAIT_MS);
  const created = await finishedAvatar(deps.database, row)
    .then((avatar) => avatar && createdReply(deps, avatar, options))
    // The avatar exists but could not be read: respond with its generation.
    .catch(() => undefined);
  if (created) return created;
  if (row?.failure?.code === 'corrupt_image' || row?.failure?.code === 'image_rejected') {
    throw new ApiProblem('image_rejected', { detail: row.failure.message });
  }
  return acceptedReply(deps.present, row ?? generation, options);
}

/** Includes similar avatars as a warning. */
async function createdReply(deps: OutcomeReplyDeps, avatar: Avatar, { replayed }: ReplyOptions): Promise<Reply> {
  const [body, lookalikes] = await Promise.all([
    deps.presentAvatar(avatar),
    listSimilar(deps.database, avatar.accountId, avatar.id, { withinBits: DUPLICATE_BITS, limit: LOOKALIKES_SHOWN }),
  ]);
  return {
    status: 201,
    body: { ...body, duplicates: lookalikes.map(presentLookalike) },
    headers: {
      ...(replayed && { 'Idempotent-Replayed': 'true' }),
      Location: `${API_BASE}/avatars/${avatar.id}`,
    },
  };
}

/** Undefined unless the generation is completed and its avatar still exists. */
async function finishedAvatar(database: Database, row: Generation | undefined): Promise<Avatar | undefined> {
  if (row?.status !== 'completed') return undefined;
  const [avatar] = await avatarsOfGenerations(database, [row.id]);
  return avatar;
}
