import { and, desc, eq, isNotNull, isNull, type SQL, sql } from '../../orm.ts';
import type { NotificationKind } from '#domain/account/notification.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { olderThan } from '../keyset.ts';
import { countOf, countRows, type Page, pageOf, type PageRequest, totalOfPage } from '../page.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { notifications } from '#drizzle/schema/notifications.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** A notification without its text, which the API composes. */
export interface Notification {
  readonly id: string;
  readonly accountId: string;
  readonly kind: NotificationKind;
  readonly generationId: string | null;
  readonly avatarId: string | null;
  /** Name of the avatar; null once it is deleted. */
  readonly avatarName: string | null;
  readonly failureMessage: string | null;
  readonly creditsReturned: boolean;
  readonly readAt: Date | null;
  readonly createdAt: Date;
}

export async function readNotification(database: Database, id: string): Promise<Notification | undefined> {
  const [row] = await retrying(() => selectNotifications(database, {}).where(eq(notifications.id, id)));
  return row && toNotification(row);
}

export interface NotificationFilter {
  /** True: only unread ones; false: only read ones. */
  readonly unread?: boolean | undefined;
}

/** An account's notifications, newest first. */
export async function listNotifications(
  database: Database,
  accountId: string,
  page: PageRequest,
  { unread }: NotificationFilter = {},
): Promise<Page<Notification>> {
  const state = unread ? isNull(notifications.readAt) : isNotNull(notifications.readAt);
  const wanted = and(eq(notifications.accountId, accountId), unread === undefined ? undefined : state);
  const rows = await retrying(() =>
    selectNotifications(database, { counted: countOf(notifications, wanted) })
      .where(and(wanted, olderThan(notifications.createdAt, notifications.id, page.after)))
      .orderBy(desc(notifications.createdAt), desc(notifications.id))
      .limit(page.limit + 1)
      .prepare(`notifications.list.${unread ?? 'all'}.${page.after ? 'after' : 'first'}`)
      .execute(),
  );
  const total = await totalOfPage(rows, page, () => countRows(database, notifications, wanted));
  return pageOf(rows.map(toNotification), page.limit, total);
}

/** Marks one notification as read, or all of an account if no id is given. @returns how many were unread */
export async function markNotificationsRead(database: Database, accountId: string, id?: string): Promise<number> {
  const marked = await retrying(() =>
    database.db
      .update(notifications)
      .set({ readAt: sql`now()` })
      .where(
        and(
          eq(notifications.accountId, accountId),
          isNull(notifications.readAt),
          id === undefined ? undefined : eq(notifications.id, id),
        ),
      )
      .returning({ id: notifications.id }),
  );
  return marked.length;
}

function selectNotifications<More extends Record<string, SQL>>({ db }: Database, more: More) {
  return db
    .select({
      ...more,
      id: notifications.id,
      accountId: notifications.accountId,
      kind: notifications.kind,
      generationId: notifications.generationId,
      avatarId: notifications.avatarId,
      avatarName: avatars.name,
      failureMessage: generations.failureMessage,
      creditsReturned: generations.creditsReturned,
      readAt: notifications.readAt,
      createdAt: notifications.createdAt,
    })
    .from(notifications)
    .leftJoin(avatars, eq(avatars.id, notifications.avatarId))
    .leftJoin(generations, eq(generations.id, notifications.generationId));
}

type Row = Omit<Notification, 'creditsReturned'> & {
  readonly creditsReturned: boolean | null;
  readonly counted?: number;
};

function toNotification({ counted: _counted, ...row }: Row): Notification {
  return { ...row, creditsReturned: row.creditsReturned ?? false };
}
