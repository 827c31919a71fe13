import type { notificationsRoutes } from '#contract/routes/notifications.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { listNotifications } from './list.ts';
import { markAllNotificationsRead } from './mark-all-read.ts';
import { markNotificationRead } from './mark-read.ts';

export function notificationHandlers(deps: HandlersDeps): HandlersOf<typeof notificationsRoutes> {
  return {
    listNotifications: listNotifications(deps),
    markNotificationRead: markNotificationRead(deps),
    markAllNotificationsRead: markAllNotificationsRead(deps),
  };
}
