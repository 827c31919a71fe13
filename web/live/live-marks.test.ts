import type { InfiniteData } from '@tanstack/react-query';
import { MutationObserver } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Avatar } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { keys } from '../query/keys.ts';
import { createQueryClient } from '../query/query-client.ts';
import { MARKING, receiveMarks } from './live-marks.ts';
import { applyGeneration, type LiveGenerations, NOTHING_LIVE } from './live-generations.ts';

let client = createQueryClient();
const avatar = anAvatar({ id: 'one', favorite: false, rating: null });
const other = anAvatar({ id: 'other' });
const page = (...data: Avatar[]): InfiniteData<ListOf<Avatar>> => ({
  pages: [{ data, meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true } }],
  pageParams: [''],
});
const plain = keys.filteredAvatars(PROJECT_ID, '{"sort":"name"}');
const favorites = keys.filteredAvatars(PROJECT_ID, '{"favorite":true}');
const shown = (queryKey: readonly unknown[]) =>
  client.getQueryData<InfiniteData<ListOf<Avatar>>>(queryKey)?.pages[0]?.data[0];
const isOutdated = (queryKey: readonly unknown[]) => client.getQueryState(queryKey)?.isInvalidated;
const event = { avatars: [{ id: 'one', favorite: true, rating: 4 }] };

beforeEach(() => {
  client = createQueryClient();
  for (const queryKey of [keys.avatars(PROJECT_ID), plain]) client.setQueryData(queryKey, page(avatar, other));
  client.setQueryData(favorites, page());
  client.setQueryData(keys.avatar('one'), avatar);
  const done = aGeneration({ id: 'done', status: 'completed', avatar });
  client.setQueryData(keys.live, applyGeneration(NOTHING_LIVE, done, 0));
});

describe('marks from another device', () => {
  it('are shown in every list, on the page of the avatar and among the results', () => {
    receiveMarks(client, event);
    const marks = { favorite: true, rating: 4 };
    expect(shown(keys.avatars(PROJECT_ID))).toMatchObject(marks);
    expect(shown(plain)).toMatchObject(marks);
    expect(client.getQueryData(keys.avatar('one'))).toMatchObject(marks);
    expect(client.getQueryData<LiveGenerations>(keys.live)?.byId['done']?.avatar).toMatchObject(marks);
  });

  it('make only the lists that are filtered by marks outdated', () => {
    receiveMarks(client, event);
    expect([keys.avatars(PROJECT_ID), plain, keys.avatar('one'), favorites].map(isOutdated)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('leave an avatar as it is whose mark is being changed here', () => {
    const pending = new MutationObserver<void, Error, { id: string }>(client, {
      mutationKey: MARKING,
      mutationFn: () => new Promise<void>(() => {}),
    });
    void pending.mutate({ id: 'one' });
    receiveMarks(client, { avatars: [...event.avatars, { id: 'other', favorite: true, rating: null }] });
    expect(shown(plain)).toBe(avatar);
    expect(client.getQueryData<InfiniteData<ListOf<Avatar>>>(plain)?.pages[0]?.data[1]).toMatchObject({
      favorite: true,
    });
  });

  it('change nothing in a list that already shows them', () => {
    receiveMarks(client, event);
    const before = client.getQueryData(plain);
    receiveMarks(client, event);
    expect(client.getQueryData(plain)).toBe(before);
  });
});
