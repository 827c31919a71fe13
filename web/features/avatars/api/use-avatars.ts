import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';
import { galleryQuery, type GalleryFilters, NO_FILTERS } from '../gallery-filters.ts';

const PAGE_SIZE = 60;

/** A project's avatars, newest first unless the filters sort them. The previous list stays until the filtered one arrives. */
export function useAvatars(projectId: string, filters: GalleryFilters = NO_FILTERS) {
  const http = useHttp();
  const query = galleryQuery(filters);
  const filterKey = JSON.stringify(query);
  return useInfiniteQuery({
    // The unfiltered gallery is keyed by the project alone, because the event stream adds to it.
    queryKey: filterKey === '{}' ? keys.avatars(projectId) : keys.filteredAvatars(projectId, filterKey),
    queryFn: ({ pageParam, signal }) =>
      http.get('/projects/{id}/avatars', {
        path: { id: projectId },
        query: { ...pageQuery(PAGE_SIZE, pageParam), ...query },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
    placeholderData: (before, previousQuery) =>
      previousQuery?.queryKey[1] === projectId ? keepPreviousData(before) : undefined,
  });
}

/** Trashed avatars of all projects, newest avatar first (not the last trashed). */
export function useTrash() {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.trash,
    queryFn: ({ pageParam, signal }) =>
      http.get('/avatars', { query: { ...pageQuery(PAGE_SIZE, pageParam), trashed: true }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

/** An avatar: at first as a list shows it, and still so when it leaves that list before the response arrives. */
export function useAvatar(projectId: string, avatarId: string) {
  const http = useHttp();
  const client = useQueryClient();
  // The same function in each rendering: the query then holds on to what it returned.
  const listed = useCallback(
    () =>
      client
        .getQueriesData<{ pages: ListOf<Avatar>[] }>({ queryKey: keys.avatars(projectId) })
        .flatMap(([, data]) => data?.pages ?? [])
        .flatMap((page) => page.data)
        .find((avatar) => avatar.id === avatarId),
    [client, projectId, avatarId],
  );
  return useQuery<Avatar>({
    queryKey: keys.avatar(avatarId),
    queryFn: ({ signal }) => http.get('/avatars/{id}', { path: { id: avatarId }, signal }),
    placeholderData: listed,
  });
}
