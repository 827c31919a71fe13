import type { Database } from '#drizzle/connection/database.ts';
import { listNotifications as readPage } from '#drizzle/queries/accounts/notifications.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import { presentNotification } from './present.ts';

export interface NotificationDeps {
  readonly database: Database;
}

export function listNotifications({ database }: NotificationDeps): Handler<'listNotifications'> {
  return async ({ query, caller }) => {
    const page = await readPage(database, caller.accountId, pageRequest(query), { unread: query.unread });
    return { status: 200, body: listOfPage(page, page.items.map(presentNotification)) };
  };
}
