import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readReference as readSource } from '#drizzle/queries/avatars/references.ts';
import { openImage } from '../image/open-image.ts';
import type { ReferenceImage } from '../providers/port.ts';
import { StorageFailure, type ImageStore } from '../storage/port.ts';
import { finalFailure } from '../final-failure.ts';

/** What the models look at; larger ones are brought down by the services themselves. */
const SIDE_MAX_PX = 1024;
/** Some 150 KB at that size: far below the megabyte up to which services take a data URI. */
const JPEG_QUALITY = 88;

/**
 * The image that a generation begins with, as providers get it: the same bytes at every run, so that a lost reply can be
 * matched. Undefined for words alone, and for work that is bought already and whose image is gone.
 *
 * @throws ApplicationFailure `reference_gone` when it was deleted or has expired; StorageFailure when the bucket is away
 */
export async function readReference(
  { database, store }: { readonly database: Database; readonly store: ImageStore },
  generation: Generation,
  attempt: Attempt,
): Promise<ReferenceImage | undefined> {
  const { reference, mode, strength } = storedRequest.parse(generation.request);
  if (reference === undefined || mode === undefined) return undefined;
  const source = await readSource(database, generation.accountId, reference);
  const bytes = source && (await store.read(source.object).catch(unlessGone));
  if (bytes !== undefined) {
    return { mode, bytes: await prepared(bytes), mimeType: 'image/jpeg', strength, seed: reference.seed };
  }
  if (attempt.externalId !== null) return undefined;
  throw finalFailure('reference_gone');
}

async function prepared(bytes: Buffer): Promise<Buffer> {
  const image = openImage(bytes);
  if (!image) throw finalFailure('reference_gone');
  return image
    .resize(SIDE_MAX_PX, SIDE_MAX_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof StorageFailure && error.kind === 'not_found')) throw error;
}
