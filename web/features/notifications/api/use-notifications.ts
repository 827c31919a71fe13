import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListOf } from '#contract/list.ts';
import type { Notification } from '#contract/notification.ts';
import { useHttp } from '#web/http/http-context.ts';
import { writeNotification } from '#web/live/live-notifications.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

const PAGE_SIZE = 30;

/** The user's notifications, newest first; the event stream adds new ones. */
export function useNotifications(unread: boolean) {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.notificationList(unread),
    queryFn: ({ pageParam, signal }) =>
      http.get('/notifications', {
        query: { ...pageQuery(PAGE_SIZE, pageParam), ...(unread && { unread: true }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

/** Number of unread notifications; undefined while loading. */
export function useUnreadCount(): number | undefined {
  const http = useHttp();
  return useQuery({
    queryKey: keys.unreadNotifications,
    queryFn: ({ signal }) => http.get('/notifications', { query: { unread: true, limit: 1 }, signal }),
    select: ({ meta }) => meta.total,
  }).data;
}

export function useMarkRead() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.post('/notifications/{id}/read', { path: { id } }),
    onSuccess: (notification) => writeNotification(client, notification),
  });
}

export function useMarkAllRead() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => http.post('/notifications/read-all'),
    onSuccess: () => {
      const readAt = new Date().toISOString();
      client.setQueriesData<InfiniteData<ListOf<Notification>>>(
        { queryKey: keys.notificationList(false) },
        (pages) => pages && allRead(pages, readAt),
      );
      return client.invalidateQueries({ queryKey: keys.notifications });
    },
  });
}

function allRead(pages: InfiniteData<ListOf<Notification>>, readAt: string): InfiniteData<ListOf<Notification>> {
  const read = (notification: Notification) => ({ ...notification, readAt: notification.readAt ?? readAt });
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(read) })) };
}
