import { index, pgTable, sql, text, uuid } from '../orm.ts';
import { NOTIFICATION_KINDS } from '#domain/account/notification.ts';
import { accounts } from './accounts.ts';
import { avatars } from './avatars.ts';
import { oneOf } from './checks.ts';
import { createdAt, moment, newId, newestFirst } from './columns.ts';
import { generations } from './generations.ts';

/** An account's notifications. The text is composed when it is read, so no personal data is stored here. */
export const notifications = pgTable(
  'notifications',
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: NOTIFICATION_KINDS }).notNull(),
    generationId: uuid('generation_id').references(() => generations.id, { onDelete: 'cascade' }),
    avatarId: uuid('avatar_id').references(() => avatars.id, { onDelete: 'set null' }),
    readAt: moment('read_at'),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf('notifications', 'kind', NOTIFICATION_KINDS),
    index('notifications_list').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index('notifications_unread_list')
      .on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id))
      .where(sql`read_at IS NULL`),
    index('notifications_read_list')
      .on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id))
      .where(sql`read_at IS NOT NULL`),
    index('notifications_avatar').on(table.avatarId),
    index('notifications_generation').on(table.generationId),
  ],
);
