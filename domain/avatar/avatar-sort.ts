/** Sort keys of a list of avatars. */
export const AVATAR_SORTS = ['createdAt', 'lastUsedAt', 'usageCount', 'name'] as const;
export type AvatarSort = (typeof AVATAR_SORTS)[number];

export const SORT_DIRECTIONS = ['asc', 'desc'] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** The default direction of each key: newest first, most used first, names from A. */
export function defaultDirection(sort: AvatarSort): SortDirection {
  return sort === 'name' ? 'asc' : 'desc';
}
