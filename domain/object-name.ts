/** Names in the bucket are made here, on the server, from ids alone: nothing a person typed ever becomes a path. */
export function imageObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/image.webp`;
}

export function thumbnailObject(accountId: string, avatarId: string): string {
  return `avatars/${accountId}/${avatarId}/thumb.webp`;
}

/** Where a provider's paid bytes wait until they are published. */
export function stagedObject(attemptId: string): string {
  return `staging/${attemptId}`;
}
