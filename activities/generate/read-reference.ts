import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readAcceptedReference } from '#drizzle/queries/avatars/references.ts';
import { openImage } from '../image/open-image.ts';
import type { ReferenceImage } from '../providers/port.ts';
import { StorageFailure, type ImageStore } from '../storage/port.ts';
import { finalFailure } from '../final-failure.ts';

/** The size that models read; services downscale larger images themselves. */
const SIDE_MAX_PX = 1024;
/** About 150 KB at that size: far below the megabyte that services accept in a data URI. */
const JPEG_QUALITY = 88;

/** The reference image of a generation, read when it is needed: a job that was bought already is collected without it. */
export interface Reference {
  /**
   * For a new job.
   * @returns undefined for a text prompt alone
   * @throws ApplicationFailure `reference_gone`; StorageFailure when the bucket is unavailable
   */
  needed(): Promise<ReferenceImage | undefined>;
  /**
   * For work that is paid for already.
   * @returns undefined also when the image is gone
   * @throws StorageFailure when the bucket is unavailable
   */
  known(): Promise<ReferenceImage | undefined>;
}

/** The bytes are the same in every run, so that a job whose reply was lost can be matched. Read once. */
export function createReference(
  { database, store }: { readonly database: Database; readonly store: ImageStore },
  generation: Generation,
): Reference {
  const { reference, mode, strength } = storedRequest.parse(generation.request);
  let known: Promise<ReferenceImage | undefined> | undefined;

  async function read(): Promise<ReferenceImage | undefined> {
    if (reference === undefined || mode === undefined) return undefined;
    const object = await readAcceptedReference(database, generation.accountId, reference);
    const stored = object === undefined ? undefined : await store.read(object).catch(ignoreNotFound);
    const bytes = stored && (await prepare(stored));
    return bytes && { mode, bytes, mimeType: 'image/jpeg', strength, seed: reference.seed };
  }

  return {
    async needed() {
      const image = await (known ??= read());
      if (image === undefined && reference !== undefined && mode !== undefined) throw finalFailure('reference_gone');
      return image;
    },
    known: () => (known ??= read()),
  };
}

/** @returns undefined for bytes that are no image */
async function prepare(bytes: Buffer): Promise<Buffer | undefined> {
  return openImage(bytes)
    ?.resize(SIDE_MAX_PX, SIDE_MAX_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof StorageFailure && error.kind === 'not_found')) throw error;
}
