import type { InfiniteData } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ListOf } from '#contract/list.ts';
import type { Notification } from '#contract/notification.ts';
import { keys } from '../query/keys.ts';
import { createQueryClient } from '../query/query-client.ts';
import { writeEvent } from './write-to-cache.ts';

let client = createQueryClient();
const known: Notification = {
  id: '0198c0de-0000-7000-8000-000000000010',
  kind: 'generation_failed',
  generationId: '0198c0de-0000-7000-8000-000000000001',
  avatarId: null,
  message: 'No provider could be reached.',
  readAt: null,
  createdAt: '2026-11-23T08:00:00.000Z',
};
const fresh: Notification = {
  ...known,
  id: '0198c0de-0000-7000-8000-000000000011',
  createdAt: '2026-11-23T09:00:00.000Z',
};
const list = (...data: Notification[]): ListOf<Notification> => ({
  data,
  meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true },
});
const unread = () => client.getQueryData<ListOf<Notification>>(keys.unreadNotifications)?.meta.total;
const shown = () =>
  client
    .getQueryData<InfiniteData<ListOf<Notification>>>(keys.notificationList(false))
    ?.pages.flatMap(({ data }) => data);

beforeEach(() => {
  client = createQueryClient();
  client.setQueryData(keys.unreadNotifications, list(known));
  client.setQueryData(keys.notificationList(false), { pages: [list(known)], pageParams: [''] });
});

describe('a notification event', () => {
  it('adds the notification to the top of the list and counts it once', () => {
    writeEvent(client, 'notification', fresh, 0);
    writeEvent(client, 'notification', fresh, 0);
    expect(shown()?.map(({ id }) => id)).toEqual([fresh.id, known.id]);
    expect(unread()).toBe(2);
  });

  it('updates a notification in place when it was read elsewhere, and reads lists and count again', () => {
    writeEvent(client, 'notification', { ...known, readAt: fresh.createdAt }, 0);
    expect(shown()).toEqual([{ ...known, readAt: fresh.createdAt }]);
    for (const key of [keys.unreadNotifications, keys.notificationList(false)])
      expect(client.getQueryState(key)?.isInvalidated).toBe(true);
  });

  it('does not create lists that were never fetched', () => {
    client.clear();
    writeEvent(client, 'notification', fresh, 0);
    expect(shown()).toBeUndefined();
    expect(unread()).toBeUndefined();
  });
});
