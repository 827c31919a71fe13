/** What a list of avatars can be sorted by. */
export const AVATAR_SORTS = ['createdAt', 'lastUsedAt', 'usageCount', 'name'] as const;
export type AvatarSort = (typeof AVATAR_SORTS)[number];

export const SORT_DIRECTIONS = ['asc', 'desc'] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** The way that people mean when they say only by what: newest, most used, and names from A. */
export function defaultDirection(sort: AvatarSort): SortDirection {
  return sort === 'name' ? 'asc' : 'desc';
}
