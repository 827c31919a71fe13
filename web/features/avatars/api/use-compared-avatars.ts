import { type InfiniteData, useQueries, useQueryClient } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** The avatars with these ids, in their order: undefined until it has been read, unless a gallery has it. */
export function useComparedAvatars(ids: readonly string[]) {
  const http = useHttp();
  const client = useQueryClient();
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.avatar(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => http.get('/avatars/{id}', { path: { id }, signal }),
      placeholderData: () =>
        client
          .getQueriesData<InfiniteData<ListOf<Avatar>>>({ queryKey: keys.avatars() })
          .flatMap(([, list]) => list?.pages.flatMap(({ data }) => data) ?? [])
          .find((avatar) => avatar.id === id),
    })),
  });
  const failed = queries.filter(({ isError }) => isError);
  return {
    avatars: queries.map(({ data }) => data),
    error: failed[0]?.error,
    refetch: () => void Promise.all(failed.map((query) => query.refetch())),
  };
}
