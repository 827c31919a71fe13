/** What a list of avatars can be sorted by. */
export const AVATAR_SORTS = ['createdAt', 'lastUsedAt', 'usageCount', 'name'] as const;
export type AvatarSort = (typeof AVATAR_SORTS)[number];

export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** The way that people mean when they say only by what: newest, most used, and names from A. */
export function naturalOrder(sort: AvatarSort): SortOrder {
  return sort === 'name' ? 'asc' : 'desc';
}
