import { ApplicationFailure } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { record, type NewAvatar } from '#drizzle/ledger/record.ts';
import { readAttempt, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { discardObjects } from './discard-objects.ts';
import type { Measurements } from '../measurements.ts';
import { imageRequestOf } from '../generate/image-request.ts';
import { recipeOf } from './recipe-of.ts';
import type { RecordAvatarInput, RecordAvatarResult, SavedImage } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';

export interface RecordAvatarDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly measurements: Measurements;
  readonly log: Logger;
}

/**
 * Stores the avatar, captures the credits, completes the generation and adds the notification, all in one transaction: the point of
 * no return. The avatar keeps everything needed to generate it again.
 *
 * @throws ApplicationFailure `internal` when the generation does not exist
 */
export function createRecordAvatar({ database, store, measurements, log }: RecordAvatarDeps) {
  return async function recordAvatar({ generationId, saved }: RecordAvatarInput): Promise<RecordAvatarResult> {
    const generation = await readGeneration(database, generationId);
    if (!generation) throw ApplicationFailure.nonRetryable('The generation does not exist', 'internal');
    // This step may have waited for a lock; a user who cancelled in the meantime must not be charged.
    if (generation.cancelRequestedAt !== null && !isFinal(generation.status)) return { kind: 'cancelled' };
    const { attemptId } = saved.staged;
    const attempt = attemptId === null ? null : await readAttempt(database, attemptId);
    const outcome = await record(database, generationId, newAvatar(generation, attempt ?? null, saved));
    if (outcome.kind !== 'recorded') return { kind: 'lost' };
    if (!outcome.replay) measurements.generationEnded({ generationId, outcome: 'completed' });
    // Not awaited: the avatar is complete, and a hanging bucket must not keep the workflow open. The sweep removes what is left.
    void discardObjects({ database, store }, generationId).catch((error: unknown) => {
      log.warn({ err: error, generationId }, 'could not remove the staged image; the sweep will');
    });
    return { kind: 'recorded' };
  };
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
