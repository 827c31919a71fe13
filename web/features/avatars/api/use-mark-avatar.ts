import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';

/** What users note about their avatars for themselves. */
type Marks = Partial<Pick<Avatar, 'favorite' | 'rating'>>;
export type MarkAvatar = (avatar: Pick<Avatar, 'id' | 'favorite' | 'rating'>, marks: Marks) => void;

interface Change {
  readonly id: string;
  readonly marks: Marks;
  readonly before: Marks;
}

/** Marks an avatar as favorite or rates it. All views show the mark at once, and what was there before if the request fails. */
export function useMarkAvatar(): MarkAvatar {
  const http = useHttp();
  const client = useQueryClient();
  const { mutate } = useMutation({
    scope: { id: 'marks' }, // one after the other: the last mark is the one that stays
    mutationFn: ({ id, marks }: Change) => http.patch('/avatars/{id}', { path: { id }, body: marks }),
    onMutate: ({ id, marks }) => writeMarks(client, id, marks),
    onError: (error, { id, before }) => {
      writeMarks(client, id, before);
      toast.error(messageOf(error));
    },
    onSettled: () => {
      // A response in flight may predate the mark; galleries that are filtered by marks may list other avatars now.
      void client.invalidateQueries({
        queryKey: keys.avatars(),
        predicate: ({ queryKey, state }) => state.fetchStatus === 'fetching' || isFilteredByMarks(queryKey[2]),
      });
    },
  });
  return useCallback(
    ({ id, favorite, rating }, marks) => mutate({ id, marks, before: marksBefore(marks, { favorite, rating }) }),
    [mutate],
  );
}

function marksBefore({ favorite, rating }: Marks, avatar: Required<Marks>): Marks {
  return {
    ...(favorite !== undefined && { favorite: avatar.favorite }),
    ...(rating !== undefined && { rating: avatar.rating }),
  };
}

function isFilteredByMarks(filters: unknown): boolean {
  return typeof filters === 'string' && /"(favorite|minRating)"/u.test(filters);
}

function writeMarks(client: QueryClient, id: string, marks: Marks): void {
  client.setQueryData<Avatar>(keys.avatar(id), (avatar) => avatar && { ...avatar, ...marks });
  client.setQueriesData<InfiniteData<ListOf<Avatar>>>({ queryKey: keys.avatars() }, (list) => {
    if (!list?.pages.some(({ data }) => data.some((avatar) => avatar.id === id))) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      data: page.data.map((avatar) => (avatar.id === id ? { ...avatar, ...marks } : avatar)),
    }));
    return { ...list, pages };
  });
}
