import type { Avatar } from '#contract/avatar.ts';

/** Id of the avatar that was the reference of this one; its own id if there was none. */
function rootOf(avatar: Avatar): string {
  return avatar.generation.recipe?.reference?.avatarId ?? avatar.id;
}

/** An avatar, its reference, and all avatars that share that reference or have this one as theirs; oldest first. */
export function familyOf(avatar: Avatar, all: readonly Avatar[]): Avatar[] {
  const roots = new Set([rootOf(avatar), avatar.id]);
  const others = all.filter((other) => other.id !== avatar.id && (roots.has(other.id) || roots.has(rootOf(other))));
  return [avatar, ...others].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}
