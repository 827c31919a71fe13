import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import type { Avatar } from '#drizzle/queries/avatars/avatars.ts';
import { modelLabel } from '../model-label.ts';
import type { ArchiveEntry } from './archives.ts';

/** An avatar as two files: its image, and a sheet of everything else. */
export async function avatarEntries(
  store: Pick<ImageStore, 'read'>,
  avatar: Avatar,
  name: string,
): Promise<ArchiveEntry[]> {
  const lastModified = avatar.updatedAt;
  const heldBack = avatar.review === 'needs_review';
  const picture = heldBack ? undefined : await readIfThere(store, avatar.imageObject);
  const image = picture ? `${name}.webp` : null;
  const sheet = { ...sheetOf(avatar), image, ...(heldBack && { heldBackForReview: true }) };
  return [
    ...(picture ? [{ name: `${name}.webp`, lastModified, input: picture }] : []),
    { name: `${name}.json`, lastModified, input: `${JSON.stringify(sheet, null, 2)}\n` },
  ];
}

/** Undefined for bytes that are gone. */
export async function readIfThere(store: Pick<ImageStore, 'read'>, object: string): Promise<Buffer | undefined> {
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
    model: modelLabel(avatar.provider, avatar.model),
    credit: avatar.credit,
    width: avatar.widthPx,
    height: avatar.heightPx,
    usageCount: avatar.usageCount,
    lastUsedAt: avatar.lastUsedAt,
    trashedAt: avatar.trashedAt,
    createdAt: avatar.createdAt,
    updatedAt: avatar.updatedAt,
  };
}
