/** Names in the bucket are made here, on the server, from ids and digests: nothing a person typed ever becomes a path. */

/** Of an avatar. `contentHash` is of image and thumbnail together: runs whose encoders differ write beside each other, never over. */
export interface AvatarContent {
  readonly accountId: string;
  readonly avatarId: string;
  /** Hexadecimal. */
  readonly contentHash: string;
}

export function imageObject(avatar: AvatarContent): string {
  return `${folderOf(avatar)}/image.webp`;
}

export function thumbnailObject(avatar: AvatarContent): string {
  return `${folderOf(avatar)}/thumb.webp`;
}

function folderOf({ accountId, avatarId, contentHash }: AvatarContent): string {
  return `avatars/${accountId}/${avatarId}/${contentHash}`;
}

/** A private reference image. */
export function uploadObject(accountId: string, uploadId: string): string {
  return `uploads/${accountId}/${uploadId}`;
}

/** Where bytes wait until they are published: a provider's paid ones by their attempt's id, an upload's by its generation's. */
export function stagedObject(id: string): string {
  return `staging/${id}`;
}

/** All that carries the account in its name; what does not is known to `stored_objects` alone. */
export function prefixesOfAccount(accountId: string): readonly string[] {
  return [`avatars/${accountId}/`, `uploads/${accountId}/`];
}
