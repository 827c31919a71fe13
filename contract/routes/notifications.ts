import { notification, notificationList, notificationListQuery, notificationsRead } from '../notification.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** An account's notifications; new ones also arrive on the event stream. */
export const notificationsRoutes = {
  listNotifications: {
    method: 'get',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'List the caller’s notifications, newest first',
    access: 'avatars:read',
    query: notificationListQuery,
    replies: { 200: notificationList },
  },
  markNotificationRead: {
    method: 'post',
    path: '/notifications/:id/read',
    tag: 'Notifications',
    summary: 'Mark a notification as read; idempotent',
    access: 'avatars:write',
    params: byId,
    replies: { 200: notification },
  },
  markAllNotificationsRead: {
    method: 'post',
    path: '/notifications/read-all',
    tag: 'Notifications',
    summary: 'Mark all notifications as read',
    access: 'avatars:write',
    replies: { 200: notificationsRead },
  },
} as const satisfies Record<string, Route>;
