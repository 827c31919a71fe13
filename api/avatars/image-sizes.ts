import { xmpOf } from '#activities/image/xmp.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { writeRegistered } from '#activities/storage/write-object.ts';
import { DEFAULT_BACKGROUND } from '#domain/avatar/image-download.ts';
import { IMAGE_SIZES } from '#domain/avatar/image-size.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { sizeObject } from '#domain/generation/object-name.ts';
import { WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Avatar } from '#drizzle/queries/avatars/avatars.ts';
import { listStoredSizes, markSizesStored, registerSizes } from '#drizzle/queries/objects/image-sizes.ts';
import { readIfPresent } from '../archive/avatar-entries.ts';
import { notFound } from '../problem.ts';
import type { ReadImage } from '../uploads/read-image.ts';

export interface ImageSizesDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read' | 'write'>;
  readonly convertImage: ReadImage;
}

interface Version {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Stores the smaller versions of an avatar's image that are not stored yet. Most avatars are never shown elsewhere, so nothing is made
 * before it is asked for. Requests at the same time wait for each other and make each version once.
 *
 * @throws ApiProblem not_found when the avatar or its image was deleted; as {@link ReadImage}
 * @throws StorageFailure `unavailable`
 */
export async function storeSizes(deps: ImageSizesDeps, avatar: Avatar): Promise<void> {
  if ((await missingSizes(deps, avatar)).length === 0) return;
  await deps.convertImage(avatar.accountId, async (decoder) => {
    // Another request may have stored them while this one waited.
    const missing = await missingSizes(deps, avatar);
    if (missing.length === 0) return;
    const original = await readIfPresent(deps.store, avatar.imageObject);
    if (!original) throw notFound();
    const provenance = provenanceOf(avatar);
    const xmp = provenance ? xmpOf(provenance) : undefined;
    const options = { format: 'webp', shape: 'full', background: DEFAULT_BACKGROUND, xmp } as const;
    const versions: Version[] = [];
    // One after another: the turn is for one of the decoder's processes.
    for (const { size, name } of missing) {
      versions.push({ name, bytes: await decoder.convert(original, { ...options, size }) });
    }
    await write(deps, avatar, versions);
  });
}

/** Registered first: whatever a crash or a late write leaves in the bucket belongs to the avatar, and goes when it goes. */
async function write(
  { database, store }: ImageSizesDeps,
  { id, accountId }: Avatar,
  versions: readonly Version[],
): Promise<void> {
  // Taken before the statement: its reply may be late, but the rows' timestamp is not.
  const notAfter = new Date(Date.now() + WRITE_WINDOW_MS);
  const names = versions.map(({ name }) => name);
  if (!(await registerSizes(database, { id, accountId, names }))) throw notFound();
  await Promise.all(versions.map((version) => writeRegistered(store, { ...version, kind: 'size' }, notAfter)));
  await markSizesStored(
    database,
    versions.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length })),
  );
}

async function missingSizes({ database }: ImageSizesDeps, { imageObject }: Avatar) {
  const all = IMAGE_SIZES.map((size) => ({ size, name: sizeObject(imageObject, size) }));
  const stored = await listStoredSizes(
    database,
    all.map(({ name }) => name),
  );
  return all.filter(({ name }) => !stored.has(name));
}
