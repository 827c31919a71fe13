import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Avatar } from '../../../../contract/avatar.ts';
import type { ListOf } from '../../../../contract/list.ts';
import { useHttp } from '../../../http/http-context.ts';
import { keys } from '../../../query/keys.ts';
import { pageQuery } from '../../../query/page-query.ts';

const PAGE_SIZE = 60;

/** A project's avatars, newest first. */
export function useAvatars(projectId: string) {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.avatars(projectId),
    queryFn: ({ pageParam, signal }) =>
      http.get<ListOf<Avatar>>(`/projects/${projectId}/avatars?${pageQuery(PAGE_SIZE, pageParam)}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

export function useAvatar(projectId: string, avatarId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useQuery<Avatar>({
    queryKey: keys.avatar(avatarId),
    queryFn: ({ signal }) => http.get<Avatar>(`/avatars/${avatarId}`, signal),
    placeholderData: () =>
      client
        .getQueryData<{ pages: ListOf<Avatar>[] }>(keys.avatars(projectId))
        ?.pages.flatMap((page) => page.data)
        .find((avatar) => avatar.id === avatarId),
  });
}
