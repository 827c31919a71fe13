import type { InfiniteData } from '@tanstack/react-query';
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
    meta: { nextCursor: null, hasMore: index < data.length - 1, total: data.flat().length },
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

describe('events in the query cache', () => {
  it('writes the balance at the moment it changes', () => {
    writeEvent(client, 'credits', { available: 90, held: 10, posted: 100 }, 0);
    expect(client.getQueryData(keys.credits)).toEqual({ available: 90, held: 10, posted: 100 });
  });

  it('writes generations and balance of a snapshot', () => {
    const credits = { available: 1, held: 0, posted: 1 };
    writeEvent(client, 'snapshot', { generations: [aGeneration()], credits }, 0);
    expect(Object.keys(client.getQueryData<LiveGenerations>(keys.live)?.byId ?? {})).toHaveLength(1);
    expect(client.getQueryData(keys.credits)).toEqual(credits);
  });

  it('puts a finished avatar into the gallery, once, newest first, and counts it', () => {
    client.setQueryData(keys.avatars(PROJECT_ID), pages([older]));
    writeEvent(client, 'generation', done, 0);
    writeEvent(client, 'generation', { ...done, version: 6 }, 0);
    expect(idsShown()).toEqual(['new', 'older']);
    expect(gallery()?.pages[0]?.meta.total).toBe(2);
  });

  it('leaves an older avatar to the page it is on', () => {
    const list = pages([anAvatar({ id: 'first' })]);
    list.pages[0]!.meta.hasMore = true;
    client.setQueryData(keys.avatars(PROJECT_ID), list);
    writeEvent(client, 'generation', { ...done, avatar: older }, 0);
    expect(idsShown()).toEqual(['first']);
  });

  it('asks for the project’s counts and covers again, also where its gallery was never read', () => {
    client.setQueryData(keys.project(PROJECT_ID), { avatarCount: 0 });
    client.setQueryData(keys.projects, { pages: [] });
    writeEvent(client, 'generation', done, 0);
    expect(isOutdated(keys.project(PROJECT_ID))).toBe(true);
    expect(isOutdated(keys.projects)).toBe(true);
  });

  it('does not ask again for what it has been told before', () => {
    writeEvent(client, 'generation', done, 0);
    client.setQueryData(keys.projects, { pages: [] });
    writeEvent(client, 'generation', done, 0);
    expect(isOutdated(keys.projects)).toBe(false);
  });

  it('takes the first snapshot for what the lists know, and reads them again after a cut', () => {
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

  it('leaves events alone that it does not know', () => {
    writeEvent(client, 'weather', { sunny: true }, 0);
    expect(client.getQueryCache().getAll()).toEqual([]);
  });
});
