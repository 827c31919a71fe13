/** Names in the bucket are made here, on the server, from ids alone: nothing a person typed ever becomes a path. */
export function imageObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/image.webp`;
}

export function thumbnailObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/thumb.webp`;
}

/** Where bytes wait until they are published: a provider's paid ones by their attempt's id, an upload's by its generation's. */
export function stagedObject(id: string): string {
  return `staging/${id}`;
}
