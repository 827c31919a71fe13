import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import { imageObject, thumbnailObject } from '#domain/generation/object-name.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { imageCheckOutcome } from '#domain/moderation/image-check.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { recordImageCheck } from '#drizzle/queries/admin/moderation.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { discardObjects } from './discard-objects.ts';
import { type EncodedImage, CorruptImage, encodeImage, type EncodeOptions } from '../image/encode-image.ts';
import type { ImageModerator } from '../moderation/port.ts';
import { finalFailure } from '../final-failure.ts';
import { recipeOf } from './recipe-of.ts';
import type { SavedImage, SaveImageInput } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';
import { writeObject } from '../storage/write-object.ts';

export interface SaveImageDeps {
  readonly database: Database;
  readonly store: ImageStore;
  /** Undefined where the content check is switched off. */
  readonly moderator?: ImageModerator | undefined;
}

/**
 * Decodes the staged bytes and publishes image and thumbnail under names that carry their content's hash. Runs again without harm: the
 * same bytes give the same objects, and where another encoder gives others, those of the run that is recorded are the avatar's.
 *
 * @throws ApplicationFailure `corrupt_image`, `image_rejected`, or `interrupted` when the generation was settled meanwhile; StorageFailure
 */
export function createSaveImage({ database, store, moderator }: SaveImageDeps) {
  return async function saveImage({ generationId, staged }: SaveImageInput): Promise<SavedImage> {
    const generation = await readGeneration(database, generationId);
    const live = generation && (await markProcessing(database, generationId, { stage: 'saving' }));
    if (!live) throw finalFailure('interrupted');
    const { accountId } = generation;
    const published = await publish(await store.read(staged.objectName), sizeOf(generation));
    if (moderator && isForeign(generation)) await check({ database, moderator }, generationId, published.image);
    const avatarId = avatarIdOf(generationId);
    const contentHash = hashOf(published);
    const image = imageObject({ accountId, avatarId, contentHash });
    const thumbnail = thumbnailObject({ accountId, avatarId, contentHash });
    const objects = { database, store };
    const writes = await Promise.allSettled([
      writeObject(objects, { name: image, kind: 'image', accountId, generationId, bytes: published.image }),
      writeObject(objects, { name: thumbnail, kind: 'thumbnail', accountId, generationId, bytes: published.thumbnail }),
    ]);
    // Both are over by then: no write of this step goes on after it.
    const failed = writes.find((write) => write.status === 'rejected');
    if (failed) throw failed.reason;
    await discardIfSettled(objects, generationId);
    return {
      staged,
      avatarId,
      imageObject: image,
      thumbnailObject: thumbnail,
      widthPx: published.widthPx,
      heightPx: published.heightPx,
      imageBytes: published.image.length,
      thumbnailBytes: published.thumbnail.length,
      sha256: published.sha256,
      thumbhash: published.thumbhash,
      phash: published.phash,
    };
  };
}

/** Our own drawings are put together from parts that we know. */
function isForeign({ provider }: Generation): boolean {
  return provider !== 'illustrator';
}

/**
 * The outcome is written down before anything is published: the avatar takes its review from it.
 *
 * @throws ApplicationFailure `image_rejected`; Error when the check can't say, which is tried again
 */
async function check(
  { database, moderator }: { database: Database; moderator: ImageModerator },
  generationId: string,
  image: Buffer,
): Promise<void> {
  const scores = await moderator.score(image);
  const outcome = imageCheckOutcome(scores);
  await recordImageCheck(database, { generationId, outcome, scores: { ...scores } });
  if (outcome === 'block') throw finalFailure('image_rejected');
}

/** Cancelled or settled while the bytes were being written: whoever loses cleans up its objects. */
async function discardIfSettled(deps: SaveImageDeps, generationId: string): Promise<void> {
  const generation = await readGeneration(deps.database, generationId);
  if (!generation || !isFinal(generation.status)) return;
  await discardObjects(deps, generationId);
  throw finalFailure('interrupted');
}

/** A provider may deliver more pixels than were asked for, and fewer than a print needs; an upload keeps what it has. */
function sizeOf(generation: Generation): EncodeOptions {
  const recipe = recipeOf(generation);
  if (recipe === null) return {};
  if (recipe.finish === 'plain') return { maxSidePx: recipe.size };
  const { style, attributes } = storedRequest.parse(generation.request);
  return { print: (style ?? attributes?.style) === 'pixel' ? 'blocks' : 'smooth' };
}

async function publish(bytes: Buffer, options: EncodeOptions): Promise<EncodedImage> {
  try {
    return await encodeImage(bytes, options);
  } catch (error) {
    throw error instanceof CorruptImage ? finalFailure('corrupt_image') : error;
  }
}

/** Of both, so that image and thumbnail of one run lie together. */
function hashOf({ image, thumbnail }: EncodedImage): string {
  return createHash('sha256').update(image).update(thumbnail).digest('hex');
}

/** One avatar a generation, so its id follows from the generation's. */
function avatarIdOf(generationId: string): string {
  return uuidv5('avatar', generationId);
}
