import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Avatar } from '../../contract/avatar.ts';
import type { EventData, EventName } from '../../contract/events.ts';
import type { Generation } from '../../contract/generation.ts';
import type { ListOf } from '../../contract/list.ts';
import { keys } from '../query/keys.ts';
import { applyGeneration, applyQueue, applySnapshot, type LiveGenerations, NOTHING_LIVE } from './live-generations.ts';

type AvatarPages = InfiniteData<ListOf<Avatar>>;

/** Puts what the stream says into the query cache, where every view reads it. Unknown events are left alone: newer servers may send them. */
export function writeEvent(client: QueryClient, name: string, data: unknown, nowMs: number): void {
  const writers: { [Name in EventName]?: (data: EventData<Name>) => void } = {
    snapshot: (snapshot) => {
      client.setQueryData(keys.credits, snapshot.credits);
      change(client, (live) => applySnapshot(live, snapshot, nowMs));
      for (const generation of snapshot.generations) bringAvatarHome(client, generation);
    },
    generation: (generation) => writeGeneration(client, generation, nowMs),
    queue: (queue) => change(client, (live) => applyQueue(live, queue)),
    credits: (credits) => void client.setQueryData(keys.credits, credits),
  };
  (writers[name as EventName] as ((data: unknown) => void) | undefined)?.(data);
}

/** Also for answers of our own requests, which may come before or after the event that tells the same. */
export function writeGeneration(client: QueryClient, generation: Generation, nowMs: number): void {
  change(client, (live) => applyGeneration(live, generation, nowMs));
  bringAvatarHome(client, generation);
}

function change(client: QueryClient, to: (live: LiveGenerations) => LiveGenerations): void {
  client.setQueryData<LiveGenerations>(keys.live, (live) => to(live ?? NOTHING_LIVE));
}

/** A finished avatar joins its project's gallery, and the counts that include it are read again. */
function bringAvatarHome(client: QueryClient, { avatar }: Generation): void {
  if (!avatar) return;
  const { projectId } = avatar;
  const key = keys.avatars(projectId);
  const pages = client.getQueryData<AvatarPages>(key);
  if (!pages || pages.pages.some((page) => page.data.some((known) => known.id === avatar.id))) return;
  const oldest = pages.pages.at(-1)?.data.at(-1);
  if (pages.pages.at(-1)?.meta.hasMore && oldest && oldest.createdAt > avatar.createdAt) return; // on a page not read yet
  client.setQueryData<AvatarPages>(key, withFirst(pages, avatar));
  void client.invalidateQueries({
    queryKey: key,
    refetchType: client.isFetching({ queryKey: key }) ? 'active' : 'none',
  });
  void client.invalidateQueries({ queryKey: keys.project(projectId) });
  void client.invalidateQueries({ queryKey: keys.projects });
}

function withFirst(pages: AvatarPages, avatar: Avatar): AvatarPages {
  const [first, ...rest] = pages.pages;
  if (!first) return pages;
  const data = [...first.data, avatar].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return { ...pages, pages: [{ data, meta: { ...first.meta, total: first.meta.total + 1 } }, ...rest] };
}
