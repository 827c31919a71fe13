import { addXmp, xmpOf } from '#activities/image/xmp.ts';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import { isHidden } from '#domain/moderation/review.ts';
import type { Avatar } from '#drizzle/queries/avatars/avatars.ts';
import type { ArchiveEntry } from './archives.ts';

/** An avatar as two files: its image, and a JSON sheet with everything else. A hidden image is left out. */
export async function avatarEntries(
  store: Pick<ImageStore, 'read'>,
  avatar: Avatar,
  name: string,
): Promise<ArchiveEntry[]> {
  const lastModified = avatar.updatedAt;
  const hidden = isHidden(avatar.review);
  const bytes = hidden ? undefined : await readImage(store, avatar);
  const image = bytes ? `${name}.webp` : null;
  const sheet = {
    ...sheetOf(avatar),
    image,
    ...(avatar.review === 'needs_review' && { heldBackForReview: true }),
    ...(avatar.review === 'taken_down' && { takenDown: true }),
  };
  return [
    ...(bytes ? [{ name: `${name}.webp`, lastModified, input: bytes }] : []),
    { name: `${name}.json`, lastModified, input: `${JSON.stringify(sheet, null, 2)}\n` },
  ];
}

/** Reads an avatar's image; undefined when it no longer exists. One from before images stated their provenance is marked here. */
export async function readImage(store: Pick<ImageStore, 'read'>, avatar: Avatar): Promise<Buffer | undefined> {
  const bytes = await readIfPresent(store, avatar.imageObject);
  const provenance = provenanceOf(avatar);
  return bytes && provenance ? addXmp(bytes, xmpOf(provenance)) : bytes;
}

/** Reads an object; undefined when it no longer exists. */
export async function readIfPresent(store: Pick<ImageStore, 'read'>, object: string): Promise<Buffer | undefined> {
  try {
    return await store.read(object);
  } catch (error) {
    if (error instanceof StorageFailure && error.kind === 'not_found') return undefined;
    throw error;
  }
}

function sheetOf(avatar: Avatar) {
  const { id, projectId, name, persona, attributes, style, sourceType } = avatar;
  return {
    id,
    projectId,
    name,
    persona,
    attributes,
    style,
    sourceType,
    prompt: avatar.prompt,
    seed: avatar.seed,
    provider: avatar.provider,
    model: avatar.model && modelLabel(avatar.provider, avatar.model),
    credit: avatar.credit,
    provenance: provenanceOf(avatar),
    width: avatar.widthPx,
    height: avatar.heightPx,
    favorite: avatar.favorite,
    rating: avatar.rating,
    usageCount: avatar.usageCount,
    lastUsedAt: avatar.lastUsedAt,
    trashedAt: avatar.trashedAt,
    createdAt: avatar.createdAt,
    updatedAt: avatar.updatedAt,
  };
}
