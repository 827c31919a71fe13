import { ApplicationFailure } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import { deliver, type NewAvatar } from '#drizzle/ledger/record.ts';
import { readAttempt, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { Measurements } from '../measurements.ts';
import { imageRequestOf } from '../generate/image-request.ts';
import { recipeOf } from './recipe-of.ts';
import type { RecordAvatarInput, RecordAvatarResult, SavedImage } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';
import type { StagedImages } from './staged-images.ts';

export interface RecordAvatarDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly stagedImages: StagedImages;
  readonly measurements: Measurements;
  readonly log: Logger;
}

/**
 * Stores the avatar, captures the credits, completes the generation and adds the notification, all in one transaction: the point of
 * no return. The avatar keeps everything needed to generate it again.
 *
 * @throws ApplicationFailure `internal` when the generation does not exist
 */
export function createRecordAvatar({ database, store, stagedImages, measurements, log }: RecordAvatarDeps) {
  return async function recordAvatar({ generationId, saved }: RecordAvatarInput): Promise<RecordAvatarResult> {
    const { objectName } = saved.staged;
    const { generation, attempt } = stagedImages.get(objectName) ?? (await readOrigin(database, generationId, saved));
    const { outcome, leftovers } = await deliver(database, generationId, newAvatar(generation, attempt, saved));
    stagedImages.forget(objectName);
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind !== 'recorded') return { kind: 'lost' };
    if (!outcome.replay) measurements.generationEnded({ generationId, outcome: 'completed' });
    // Not awaited: the avatar is complete, and a hanging bucket must not keep the workflow open. The rows stay as they are: the sweep
    // removes each object once more when no late write can arrive, and then its row.
    void Promise.all(leftovers.map((name) => store.remove(name))).catch((error: unknown) => {
      log.warn({ err: error, generationId }, 'could not remove the staged image; the sweep will');
    });
    return { kind: 'recorded' };
  };
}

/** For an image that another process has staged, or an upload, which has no attempt. */
async function readOrigin(database: Database, generationId: string, { staged }: SavedImage) {
  const generation = await readGeneration(database, generationId);
  if (!generation) throw ApplicationFailure.nonRetryable('The generation does not exist', 'internal');
  const attempt = staged.attemptId === null ? undefined : await readAttempt(database, staged.attemptId);
  return { generation, attempt: attempt ?? null };
}

function newAvatar(generation: Generation, attempt: Attempt | null, saved: SavedImage): NewAvatar {
  const request = storedRequest.parse(generation.request);
  const generated = attempt ? imageRequestOf(generation, attempt) : null;
  return {
    id: saved.avatarId,
    name: avatarName(request),
    persona: request.persona ?? {},
    attributes: request.attributes ?? {},
    style: generated ? generated.style : (request.style ?? null),
    prompt: generated?.prompt ?? null,
    seed: generated?.seed ?? null,
    provider: attempt?.provider ?? null,
    model: attempt?.model ?? null,
    costUsd: attempt?.costUsd ?? null,
    credit: attempt?.credit ?? null,
    image: { object: saved.imageObject, bytes: saved.imageBytes, sha256: saved.sha256 },
    thumbnail: { object: saved.thumbnailObject, bytes: saved.thumbnailBytes },
    widthPx: saved.widthPx,
    heightPx: saved.heightPx,
    thumbhash: saved.thumbhash,
    phash: saved.phash ?? null,
    recipe: recipeOf(generation),
  };
}
