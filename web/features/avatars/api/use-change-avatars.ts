import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Avatar, BulkAvatars } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/**
 * Moves, trashes, restores or deletes many at once. They leave the lists that show them in the same moment; if it is refused they come
 * back, because all lists are read again either way.
 */
export function useChangeAvatars() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: BulkAvatars) => http.post('/avatars/bulk', { body: change }),
    onMutate: async ({ ids }) => {
      // An answer under way still has them.
      await client.cancelQueries({ queryKey: keys.avatars() });
      takeOut(client, new Set(ids));
    },
    onSettled: () =>
      Promise.all(
        [keys.avatars(), keys.projects, keys.project()].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

function takeOut(client: QueryClient, ids: ReadonlySet<string>): void {
  client.setQueriesData<InfiniteData<ListOf<Avatar>>>({ queryKey: keys.avatars() }, (list) => {
    const gone = list?.pages.flatMap(({ data }) => data).filter(({ id }) => ids.has(id)).length ?? 0;
    if (!list || gone === 0) return list;
    const pages = list.pages.map(({ data, meta }) => ({
      data: data.filter(({ id }) => !ids.has(id)),
      meta: { ...meta, total: meta.total - gone },
    }));
    return { ...list, pages };
  });
}
