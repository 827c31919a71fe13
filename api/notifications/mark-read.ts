import { markNotificationsRead, readNotification as readRow } from '#drizzle/queries/accounts/notifications.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { NotificationDeps } from './list.ts';
import { presentNotification } from './present.ts';

/** Marks before it reads, so the response includes `readAt`; an id of another account marks nothing. */
export function markNotificationRead({ database }: NotificationDeps): Handler<'markNotificationRead'> {
  return async ({ params, caller }) => {
    await markNotificationsRead(database, caller.accountId, params.id);
    const row = await readRow(database, params.id);
    if (row?.accountId !== caller.accountId) throw notFound();
    return { status: 200, body: presentNotification(row) };
  };
}
