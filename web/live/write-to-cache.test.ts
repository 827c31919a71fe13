import { type InfiniteData, InfiniteQueryObserver } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Avatar } from '#contract/avatar.ts';
import type { ListOf } from '#contract/list.ts';
import { keys } from '../query/keys.ts';
import { createQueryClient } from '../query/query-client.ts';
import { aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import type { LiveGenerations } from './live-generations.ts';
import { writeEvent } from './write-to-cache.ts';

let client = createQueryClient();
const pages = (...data: Avatar[][]): InfiniteData<ListOf<Avatar>> => ({
  pages: data.map((page, index) => ({
    data: page,
    meta: { nextCursor: null, hasMore: index < data.length - 1, total: data.flat().length, totalIsExact: true },
  })),
  pageParams: data.map(() => ''),
});
const gallery = () => client.getQueryData<InfiniteData<ListOf<Avatar>>>(keys.avatars(PROJECT_ID));
const isOutdated = (queryKey: readonly unknown[]) => client.getQueryState(queryKey)?.isInvalidated;
const idsShown = () => gallery()?.pages.flatMap((page) => page.data.map(({ id }) => id));
const older = anAvatar({ id: 'older', createdAt: '2026-11-22T08:00:00.000Z' });
const done = aGeneration({ status: 'completed', version: 5, avatar: anAvatar({ id: 'new' }) });

beforeEach(() => {
  client = createQueryClient();
});

describe('writeEvent', () => {
  it('writes the balance', () => {
    writeEvent(client, 'credits', { available: 90, held: 10, posted: 100 }, 0);
    expect(client.getQueryData(keys.credits)).toEqual({ available: 90, held: 10, posted: 100 });
  });

  it('writes the generations and the balance of a snapshot', () => {
    const credits = { available: 1, held: 0, posted: 1 };
    writeEvent(client, 'snapshot', { generations: [aGeneration()], credits }, 0);
    expect(Object.keys(client.getQueryData<LiveGenerations>(keys.live)?.byId ?? {})).toHaveLength(1);
    expect(client.getQueryData(keys.credits)).toEqual(credits);
  });

  it('adds a finished avatar to the gallery once, newest first, and counts it', () => {
    client.setQueryData(keys.avatars(PROJECT_ID), pages([older]));
    writeEvent(client, 'generation', done, 0);
    writeEvent(client, 'generation', { ...done, version: 6 }, 0);
    expect(idsShown()).toEqual(['new', 'older']);
    expect(gallery()?.pages[0]?.meta.total).toBe(2);
  });

  it('refetches a gallery that was being opened when the avatar was finished', async () => {
    const responses: ((list: ListOf<Avatar>) => void)[] = [];
    const observer = new InfiniteQueryObserver(client, {
      queryKey: keys.avatars(PROJECT_ID),
      queryFn: () => new Promise<ListOf<Avatar>>((resolve) => void responses.push(resolve)),
      initialPageParam: '',
      getNextPageParam: () => null,
    });
    const close = observer.subscribe(() => {});
    writeEvent(client, 'generation', done, 0);
    responses[0]!(pages([older]).pages[0]!);
    await expect.poll(() => responses).toHaveLength(2);
    responses[1]!(pages([done.avatar!, older]).pages[0]!);
    await expect.poll(idsShown).toEqual(['new', 'older']);
    close();
  });

  it('does not add an avatar that belongs to a page not loaded yet', () => {
    const list = pages([anAvatar({ id: 'first' })]);
    list.pages[0]!.meta.hasMore = true;
    client.setQueryData(keys.avatars(PROJECT_ID), list);
    writeEvent(client, 'generation', { ...done, avatar: older }, 0);
    expect(idsShown()).toEqual(['first']);
  });

  it('refetches the project’s counts and covers, even if its gallery is not cached', () => {
    client.setQueryData(keys.project(PROJECT_ID), { avatarCount: 0 });
    client.setQueryData(keys.projects, { pages: [] });
    writeEvent(client, 'generation', done, 0);
    expect(isOutdated(keys.project(PROJECT_ID))).toBe(true);
    expect(isOutdated(keys.projects)).toBe(true);
  });

  it('does not refetch for an event it has already applied', () => {
    writeEvent(client, 'generation', done, 0);
    client.setQueryData(keys.projects, { pages: [] });
    writeEvent(client, 'generation', done, 0);
    expect(isOutdated(keys.projects)).toBe(false);
  });

  it('does not refetch lists on the first snapshot, but does after a reconnect', () => {
    const snapshot = { generations: [done], credits: { available: 1, held: 0, posted: 1 } };
    client.setQueryData(keys.projects, { pages: [] });
    client.setQueryData(keys.avatars(PROJECT_ID), pages([older]));
    writeEvent(client, 'snapshot', snapshot, 0);
    expect(isOutdated(keys.projects)).toBe(false);
    expect(idsShown()).toEqual(['new', 'older']);
    writeEvent(client, 'snapshot', snapshot, 0);
    expect(isOutdated(keys.projects)).toBe(true);
    expect(isOutdated(keys.avatars(PROJECT_ID))).toBe(true);
  });

  it('ignores unknown events', () => {
    writeEvent(client, 'weather', { sunny: true }, 0);
    expect(client.getQueryCache().getAll()).toEqual([]);
  });
});
