import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import type { EventData } from '#contract/events.ts';
import type { ListOf } from '#contract/list.ts';
import { keys } from '../query/keys.ts';
import { type LiveGenerations, withAvatars } from './live-generations.ts';

/** What users note about their avatars for themselves. */
export type Marks = Partial<Pick<Avatar, 'favorite' | 'rating'>>;

/** Of the requests that set a mark of one avatar; their variables name it. */
export const MARKING = ['marks'];

/** Shows the marks wherever the avatar is shown. */
export function writeMarks(client: QueryClient, id: string, marks: Marks): void {
  const marked = (avatar: Avatar) => (avatar.id === id && !hasMarks(avatar, marks) ? { ...avatar, ...marks } : avatar);
  client.setQueryData<Avatar>(keys.avatar(id), (avatar) => avatar && marked(avatar));
  client.setQueryData<LiveGenerations>(keys.live, (live) => live && withAvatars(live, marked));
  client.setQueriesData<InfiniteData<ListOf<Avatar>>>({ queryKey: keys.avatars() }, (list) => {
    if (!list?.pages.some(({ data }) => data.some((avatar) => marked(avatar) !== avatar))) return list;
    return { ...list, pages: list.pages.map((page) => ({ ...page, data: page.data.map(marked) })) };
  });
}

/**
 * Shows the marks that were set on another device, or by a program. An avatar whose mark is being changed here is left out: its
 * event follows.
 */
export function receiveMarks(client: QueryClient, { avatars }: EventData<'marks'>): void {
  const changing = new Set(
    client
      .getMutationCache()
      .findAll({ mutationKey: MARKING, status: 'pending' })
      .map(({ state }) => (state.variables as { readonly id: string }).id),
  );
  const received = avatars.filter(({ id }) => !changing.has(id));
  for (const { id, favorite, rating } of received) writeMarks(client, id, { favorite, rating });
  if (received.length > 0) refreshMarkedLists(client);
}

/** A response in flight may predate the marks; galleries that are filtered by marks may list other avatars now. */
export function refreshMarkedLists(client: QueryClient): void {
  void client.invalidateQueries({
    queryKey: keys.avatars(),
    predicate: ({ queryKey, state }) => state.fetchStatus === 'fetching' || isFilteredByMarks(queryKey[2]),
  });
}

function isFilteredByMarks(filters: unknown): boolean {
  return typeof filters === 'string' && /"(favorite|minRating)"/u.test(filters);
}

function hasMarks(avatar: Avatar, { favorite = avatar.favorite, rating = avatar.rating }: Marks): boolean {
  return avatar.favorite === favorite && avatar.rating === rating;
}
