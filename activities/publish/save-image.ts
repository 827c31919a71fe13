import { createHash } from 'node:crypto';
import { CancelledFailure, Context } from '@temporalio/activity';
import { TaskCancelledError } from 'cockatiel';
import { v5 as uuidv5 } from 'uuid';
import { imageObject, thumbnailObject } from '#domain/generation/object-name.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import { isRemote } from '#domain/provider/provider.ts';
import { imageCheckOutcome } from '#domain/moderation/image-check.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { recordImageCheck } from '#drizzle/queries/admin/moderation.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { insertGenerationObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { discardObjects } from './discard-objects.ts';
import type { Decoder } from '../image/decoder/decoder.ts';
import { type EncodedImage, CorruptImage, encodeImage } from '../image/encode-image.ts';
import { addXmp, xmpOf } from '../image/xmp.ts';
import { takenOver } from '../generate/activity-failure.ts';
import type { ImageModerator } from '../moderation/port.ts';
import { finalFailure } from '../final-failure.ts';
import { encodeOptionsFor } from './encode-options.ts';
import { recipeOf } from './recipe-of.ts';
import type { SavedImage, SaveImageInput, StagedImage } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';
import { writeRegistered } from '../storage/write-object.ts';
import type { StagedBytes, StagedImages } from './staged-images.ts';

export interface SaveImageDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly stagedImages: StagedImages;
  /** Undefined when the content check is switched off. */
  readonly moderator?: ImageModerator | undefined;
  /** Decodes what providers delivered, where that was not done when it was checked. */
  readonly decoder: Pick<Decoder, 'encode'>;
}

/**
 * Decodes the staged image, checks it, and writes the final image and thumbnail under names that contain their content's hash. Safe to
 * repeat: the same bytes give the same objects, and if another encoder gives others, the avatar uses those of the recorded run.
 *
 * @throws ApplicationFailure `corrupt_image`, `image_rejected`, or `interrupted` when the generation was settled in the meantime;
 *   CancelledFailure
 * @throws StorageFailure when the bucket is unavailable
 */
export function createSaveImage({ database, store, stagedImages, moderator, decoder }: SaveImageDeps) {
  return async function saveImage({ generationId, staged }: SaveImageInput): Promise<SavedImage> {
    const inMemory = stagedImages.get(staged.objectName);
    // The local activity came to nothing, so that saving takes long enough to be seen.
    if (inMemory && !Context.current().info.isLocal) await enterSaving(database, generationId);
    const {
      generation,
      bytes,
      encoded: begun,
    } = inMemory ?? (await readStaged({ database, store }, generationId, staged));
    const { accountId } = generation;
    const encode = () =>
      isForeign(generation) ? encodeForeign(decoder, bytes, generation) : encodeOwn(bytes, generation);
    const unmarked = (await begun) ?? (await encode().catch(corruptIsFinal));
    const encoded = marked(unmarked, generation);
    if (moderator && needsImageCheck(generation))
      await checkImage({ database, moderator }, generationId, encoded.image);
    const avatarId = avatarIdOf(generationId);
    const contentHash = hashOf(encoded);
    const image = imageObject({ accountId, avatarId, contentHash });
    const thumbnail = thumbnailObject({ accountId, avatarId, contentHash });
    const objects = { database, store };
    // Taken before the statement: its reply may be late, but the rows' timestamp is not.
    const notAfter = new Date(Date.now() + WRITE_WINDOW_MS);
    const live = await insertGenerationObjects(database, generationId, [
      { name: image, kind: 'image', accountId, avatarId, sizeBytes: encoded.image.length },
      { name: thumbnail, kind: 'thumbnail', accountId, avatarId, sizeBytes: encoded.thumbnail.length },
    ]);
    if (!live) throw finalFailure('interrupted');
    const writes = await Promise.allSettled([
      writeRegistered(store, { name: image, kind: 'image', bytes: encoded.image }, notAfter),
      writeRegistered(store, { name: thumbnail, kind: 'thumbnail', bytes: encoded.thumbnail }, notAfter),
    ]);
    // Both have settled: no write may continue after this step ended.
    const failed = writes.find((write) => write.status === 'rejected');
    if (failed) throw failed.reason;
    // recordAvatar notices every other end, and what it can't record is discarded.
    if (Context.current().cancellationSignal.aborted) await discardIfSettled(objects, generationId);
    return {
      staged,
      avatarId,
      imageObject: image,
      thumbnailObject: thumbnail,
      widthPx: encoded.widthPx,
      heightPx: encoded.heightPx,
      imageBytes: encoded.image.length,
      thumbnailBytes: encoded.thumbnail.length,
      sha256: encoded.sha256,
      thumbhash: encoded.thumbhash,
      phash: encoded.phash,
    };
  };
}

/** An upload, or an image that another process has staged, or this one a while ago. */
async function readStaged(
  { database, store }: Pick<SaveImageDeps, 'database' | 'store'>,
  generationId: string,
  { objectName }: StagedImage,
): Promise<Pick<StagedBytes, 'generation' | 'bytes' | 'encoded'>> {
  const generation = await readGeneration(database, generationId);
  if (!generation) throw finalFailure('interrupted');
  await enterSaving(database, generationId);
  return { generation, bytes: await store.read(objectName) };
}

/** @throws ApplicationFailure `interrupted` */
async function enterSaving(database: Database, generationId: string): Promise<void> {
  if (!(await markProcessing(database, generationId, { stage: 'saving' }))) throw finalFailure('interrupted');
}

/** States in both files how the image was made. `sha256` stays that of the pixels: equal images are copies, whenever they were made. */
function marked(encoded: EncodedImage, generation: Generation): EncodedImage {
  const provenance = provenanceOf({ ...generation, recipe: recipeOf(generation) });
  if (!provenance) return encoded;
  const packet = xmpOf(provenance);
  return { ...encoded, image: addXmp(encoded.image, packet), thumbnail: addXmp(encoded.thumbnail, packet) };
}

/** An upload's staged image was encoded by our decoder, the illustrator's by the illustrator: they need no other process. */
function isForeign({ provider }: Generation): boolean {
  return provider !== null && isRemote(provider);
}

function encodeOwn(bytes: Buffer, generation: Generation): Promise<EncodedImage> {
  return encodeImage(bytes, encodeOptionsFor(generation));
}

/**
 * A cancelled activity leaves the decoder's queue, so that it delays no other.
 *
 * @throws CancelledFailure; a failure that is retried when only this run ended; as `encodeImage`
 */
async function encodeForeign(decoder: SaveImageDeps['decoder'], bytes: Buffer, generation: Generation) {
  const context = Context.current();
  try {
    return await decoder.encode(bytes, encodeOptionsFor(generation), context.cancellationSignal);
  } catch (error) {
    if (!(error instanceof TaskCancelledError)) throw error;
    throw context.cancellationDetails?.cancelRequested
      ? new CancelledFailure('The generation was cancelled')
      : takenOver();
  }
}

/** The illustrator's drawings consist of known, safe parts. */
function needsImageCheck({ provider }: Generation): boolean {
  return provider !== 'illustrator';
}

/**
 * Scores the image and stores the outcome, from which the avatar's review state follows.
 *
 * @throws ApplicationFailure `image_rejected`; Error, which is retried, when the image can't be scored
 */
async function checkImage(
  { database, moderator }: { database: Database; moderator: ImageModerator },
  generationId: string,
  image: Buffer,
): Promise<void> {
  const scores = await moderator.score(image);
  const outcome = imageCheckOutcome(scores);
  await recordImageCheck(database, { generationId, outcome, scores: { ...scores } });
  if (outcome === 'block') throw finalFailure('image_rejected');
}

/** When the generation was settled while the bytes were being written, removes them and throws. */
async function discardIfSettled(deps: Pick<SaveImageDeps, 'database' | 'store'>, generationId: string): Promise<void> {
  const generation = await readGeneration(deps.database, generationId);
  if (!generation || !isFinal(generation.status)) return;
  await discardObjects(deps, generationId);
  throw finalFailure('interrupted');
}

function corruptIsFinal(error: unknown): never {
  throw error instanceof CorruptImage ? finalFailure('corrupt_image') : error;
}

/** The hash of both, so that image and thumbnail of one run share a path. */
function hashOf({ image, thumbnail }: EncodedImage): string {
  return createHash('sha256').update(image).update(thumbnail).digest('hex');
}

/** Each generation has at most one avatar, so the avatar's id is derived from the generation's. */
function avatarIdOf(generationId: string): string {
  return uuidv5('avatar', generationId);
}
