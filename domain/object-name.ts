/** Names in the bucket are made here, on the server, from ids alone: nothing a person typed ever becomes a path. */
export function imageObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/image.webp`;
}

export function thumbnailObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/thumb.webp`;
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
export function prefixOfAccount(accountId: string): string {
  return `avatars/${accountId}/`;
}
