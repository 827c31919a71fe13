import type { Avatar } from '#contract/avatar.ts';

/** The avatar that this one's image began with, or itself. */
function rootOf(avatar: Avatar): string {
  return avatar.generation.recipe?.reference?.avatarId ?? avatar.id;
}

/** The one it began with, it, and what else began there or with it; oldest first. Always with itself. */
export function familyOf(avatar: Avatar, all: readonly Avatar[]): Avatar[] {
  const roots = new Set([rootOf(avatar), avatar.id]);
  const others = all.filter((one) => one.id !== avatar.id && (roots.has(one.id) || roots.has(rootOf(one))));
  return [avatar, ...others].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}
