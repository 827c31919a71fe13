import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import type { BulkAvatars } from '#contract/bulk-avatars.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { type LiveGenerations, withAvatars } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';

/**
 * Moves, trashes, restores or deletes avatars in bulk. They leave the lists optimistically; all lists are refetched afterwards, which
 * brings them back if the request failed.
 */
export function useChangeAvatars() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: BulkAvatars) => http.post('/avatars/bulk', { body: change }),
    onMutate: async ({ ids }) => {
      // A response in flight would still list them.
      await client.cancelQueries({ queryKey: keys.avatars() });
      removeFromLists(client, new Set(ids));
    },
    onSuccess: (_, change) =>
      client.setQueryData<LiveGenerations>(
        keys.live,
        (live) => live && withAvatars(live, (avatar) => afterBulk(avatar, change, new Date())),
      ),
    onSettled: () =>
      Promise.all(
        [keys.avatars(), keys.projects, keys.project(), keys.generationNames].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** The avatar after the change; null: deleted. */
export function afterBulk(avatar: Avatar, change: BulkAvatars, now: Date): Avatar | null {
  if (!change.ids.includes(avatar.id)) return avatar;
  if (change.action === 'delete') return null;
  const projectId = ('projectId' in change && change.projectId) || avatar.projectId;
  const trashedAt = { move: avatar.trashedAt, trash: now.toISOString(), restore: null }[change.action];
  return { ...avatar, projectId, trashedAt };
}

function removeFromLists(client: QueryClient, ids: ReadonlySet<string>): void {
  client.setQueriesData<InfiniteData<ListOf<Avatar>>>({ queryKey: keys.avatars() }, (list) => {
    const removed = list?.pages.flatMap(({ data }) => data).filter(({ id }) => ids.has(id)).length ?? 0;
    if (!list || removed === 0) return list;
    const pages = list.pages.map(({ data, meta }) => ({
      data: data.filter(({ id }) => !ids.has(id)),
      meta: { ...meta, total: meta.total - removed },
    }));
    return { ...list, pages };
  });
}
