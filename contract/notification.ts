import { z } from 'zod';
import { NOTIFICATION_KINDS } from '#domain/account/notification.ts';
import { listOf, listQuery } from './list.ts';
import { flag, timestamp, uuid } from './text.ts';

const EXAMPLE = {
  id: '0198c0de-0000-7000-8000-000000000010',
  kind: 'generation_failed',
  generationId: '0198c0de-0000-7000-8000-000000000001',
  avatarId: null,
  message: 'No provider could be reached. Try again in a few minutes. Your credits were returned.',
  readAt: null,
  createdAt: '2026-11-23T08:00:00.000Z',
} as const;

export const notification = z
  .strictObject({
    id: uuid,
    kind: z.enum(NOTIFICATION_KINDS),
    generationId: uuid.nullable(),
    avatarId: uuid.nullable(),
    message: z.string(),
    readAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'Notification', examples: [EXAMPLE] });
export type Notification = z.infer<typeof notification>;

export const notificationListQuery = listQuery.extend({
  unread: flag.optional().meta({ description: 'true: only unread ones; false: only read ones' }),
});
export const notificationList = listOf(notification).meta({
  id: 'NotificationList',
  examples: [{ data: [EXAMPLE], meta: { nextCursor: null, hasMore: false, total: 1, totalIsExact: true } }],
});

export const notificationsRead = z
  .strictObject({
    marked: z.number().int().min(0).meta({ description: 'Number of notifications that were unread before' }),
  })
  .meta({ id: 'NotificationsRead', examples: [{ marked: 3 }] });
