import { markNotificationsRead } from '#drizzle/queries/accounts/notifications.ts';
import type { Handler } from '../handler.ts';
import type { NotificationDeps } from './list.ts';

export function markAllNotificationsRead({ database }: NotificationDeps): Handler<'markAllNotificationsRead'> {
  return async ({ caller }) => ({
    status: 200,
    body: { marked: await markNotificationsRead(database, caller.accountId) },
  });
}
