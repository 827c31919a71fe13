import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readReference as readSource } from '#drizzle/queries/avatars/references.ts';
import { openImage } from '../image/open-image.ts';
import type { ReferenceImage } from '../providers/port.ts';
import { StorageFailure, type ImageStore } from '../storage/port.ts';
import { finalFailure } from '../final-failure.ts';

/** The size that models read; services downscale larger images themselves. */
const SIDE_MAX_PX = 1024;
/** About 150 KB at that size: far below the megabyte that services accept in a data URI. */
const JPEG_QUALITY = 88;

/**
 * The reference image of a generation, prepared for providers. The bytes are the same in every run, so that a job whose reply was
 * lost can be matched. Undefined for a text prompt alone, and when the image is gone but the job is already bought.
 *
 * @throws ApplicationFailure `reference_gone` when the image was deleted or has expired; StorageFailure when the bucket is unavailable
 */
export async function readReference(
  { database, store }: { readonly database: Database; readonly store: ImageStore },
  generation: Generation,
  attempt: Attempt,
): Promise<ReferenceImage | undefined> {
  const { reference, mode, strength } = storedRequest.parse(generation.request);
  if (reference === undefined || mode === undefined) return undefined;
  const source = await readSource(database, generation.accountId, reference);
  const bytes = source && (await store.read(source.object).catch(ignoreNotFound));
  if (bytes !== undefined) {
    return { mode, bytes: await prepare(bytes), mimeType: 'image/jpeg', strength, seed: reference.seed };
  }
  if (attempt.externalId !== null) return undefined;
  throw finalFailure('reference_gone');
}

async function prepare(bytes: Buffer): Promise<Buffer> {
  const image = openImage(bytes);
  if (!image) throw finalFailure('reference_gone');
  return image
    .resize(SIDE_MAX_PX, SIDE_MAX_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof StorageFailure && error.kind === 'not_found')) throw error;
}
