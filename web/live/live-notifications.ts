import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ListOf } from '#contract/list.ts';
import type { Notification } from '#contract/notification.ts';
import { keys } from '../query/keys.ts';

type NotificationPages = InfiniteData<ListOf<Notification>>;

/**
 * Writes a notification into the cached lists: a new one at the top, a known one in place. A new one increments the unread count;
 * after one that was read, lists and count are read again.
 */
export function writeNotification(client: QueryClient, notification: Notification): void {
  const isNew = countUp(client, notification);
  for (const unread of [true, false]) {
    client.setQueryData<NotificationPages>(
      keys.notificationList(unread),
      (pages) => pages && (replaced(pages, notification) ?? (isNew ? withFirst(pages, notification) : pages)),
    );
  }
  // It may stand for all that were marked as read with it.
  if (notification.readAt !== null) void client.invalidateQueries({ queryKey: keys.notifications });
}

/** @returns whether the notification is new */
function countUp(client: QueryClient, notification: Notification): boolean {
  const before = client.getQueryData<ListOf<Notification>>(keys.unreadNotifications);
  const newest = before?.data[0];
  if (notification.readAt !== null) return false;
  if (newest?.id === notification.id) {
    void client.invalidateQueries({ queryKey: keys.unreadNotifications });
    return false;
  }
  if (before && (!newest || newest.createdAt <= notification.createdAt)) {
    const meta = { ...before.meta, total: before.meta.total + 1 };
    client.setQueryData<ListOf<Notification>>(keys.unreadNotifications, { data: [notification], meta });
  } else {
    void client.invalidateQueries({ queryKey: keys.unreadNotifications });
  }
  return true;
}

function replaced(pages: NotificationPages, notification: Notification): NotificationPages | undefined {
  if (!pages.pages.some(({ data }) => data.some(({ id }) => id === notification.id))) return undefined;
  const swap = (known: Notification) => (known.id === notification.id ? notification : known);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.map(swap) })) };
}

function withFirst(pages: NotificationPages, notification: Notification): NotificationPages {
  const [first, ...rest] = pages.pages;
  if (!first) return pages;
  const meta = { ...first.meta, total: first.meta.total + 1 };
  return { ...pages, pages: [{ data: [notification, ...first.data], meta }, ...rest] };
}
