import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aGeneration } from '#contract/testing/samples.ts';
import type { ListOf } from '#contract/list.ts';
import type { Notification } from '#contract/notification.ts';
import { keys } from '../query/keys.ts';
import { createQueryClient } from '../query/query-client.ts';
import { createNotificationReceiver, type WatchedGenerationsDeps } from './watched-generations.ts';
import { writeEvent } from './write-to-cache.ts';

const generation = aGeneration({ status: 'processing' });
const completed: Notification = {
  id: '0198c0de-0000-7000-8000-000000000010',
  kind: 'avatar_completed',
  generationId: generation.id,
  avatarId: null,
  message: 'Noir detective is ready.',
  readAt: null,
  createdAt: '2026-11-23T08:00:00.000Z',
};
const second = { ...completed, id: '0198c0de-0000-7000-8000-000000000011', createdAt: '2026-11-23T08:00:01.000Z' };
let visibility: DocumentVisibilityState;

beforeEach(() => {
  vi.useFakeTimers();
  visibility = 'visible';
  vi.stubGlobal('document', {
    get visibilityState() {
      return visibility;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** @param end what the API answers when a notification is marked as read */
function receiver({
  isOnScreen = true,
  end = async () => completed,
}: { isOnScreen?: boolean; end?: () => Promise<Notification> } = {}) {
  const client = createQueryClient();
  const none: ListOf<Notification> = {
    data: [],
    meta: { nextCursor: null, hasMore: false, total: 0, totalIsExact: true },
  };
  client.setQueryData(keys.unreadNotifications, none);
  writeEvent(client, 'generation', generation, 0);
  const post = vi.fn<(path: string, input: { path: { id: string } }) => Promise<Notification>>(end);
  const receive = createNotificationReceiver({
    client,
    http: { post } as unknown as WatchedGenerationsDeps['http'],
    isOnScreen: () => isOnScreen,
  });
  return {
    receive: (notification: Notification) => writeEvent(client, 'notification', notification, 0, receive),
    marked: () => post.mock.calls.map(([, { path }]) => path.id),
    unread: () => client.getQueryData<ListOf<Notification>>(keys.unreadNotifications)?.meta.total,
  };
}

it('marks what the user sees end as read, once each, and does not count it', async () => {
  const { receive, marked, unread } = receiver();
  receive(completed);
  receive(completed);
  receive({ ...second, kind: 'generation_failed' });
  await vi.runAllTimersAsync();
  expect(marked()).toEqual([completed.id, second.id]);
  expect(unread()).toBe(0);
});

it.each<[string, Partial<Notification>, { isOnScreen?: boolean; hidden?: boolean }]>([
  ['its card is not on the screen', {}, { isOnScreen: false }],
  ['the tab is hidden', {}, { hidden: true }],
  ['it is about something else than the end', { kind: 'avatar_taken_down' }, {}],
  ['its generation is not known', { generationId: '0198c0de-0000-7000-8000-0000000000ff' }, {}],
])('counts a notification when %s', async (_when, change, { isOnScreen = true, hidden = false }) => {
  if (hidden) visibility = 'hidden';
  const { receive, marked, unread } = receiver({ isOnScreen });
  receive({ ...completed, ...change });
  await vi.runAllTimersAsync();
  expect(marked()).toEqual([]);
  expect(unread()).toBe(1);
});

it('counts a notification that could not be marked', async () => {
  const { receive, unread } = receiver({
    end: async () => {
      throw new Error('offline');
    },
  });
  receive(completed);
  expect(unread()).toBe(0);
  await vi.runAllTimersAsync();
  expect(unread()).toBe(1);
});
