import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import type { EventData, EventName } from '#contract/events.ts';
import type { Profile } from '#contract/profile.ts';
import type { Generation } from '#contract/generation.ts';
import type { Notification } from '#contract/notification.ts';
import type { ListOf } from '#contract/list.ts';
import { keys } from '../query/keys.ts';
import { receiveMarks } from './live-marks.ts';
import { writeNotification } from './live-notifications.ts';
import { applyGeneration, applyQueue, applySnapshot, type LiveGenerations, NOTHING_LIVE } from './live-generations.ts';

type AvatarPages = InfiniteData<ListOf<Avatar>>;

/** Writes an event into the query cache, where all views read it. Unknown events are ignored: newer servers may send them. */
export function writeEvent(
  client: QueryClient,
  name: string,
  data: unknown,
  nowMs: number,
  onNotification = (notification: Notification) => writeNotification(client, notification),
): void {
  const writers: { [Name in EventName]?: (data: EventData<Name>) => void } = {
    snapshot: (snapshot) => writeSnapshot(client, snapshot, nowMs),
    generation: (generation) => writeGeneration(client, generation, nowMs),
    queue: (queue) => change(client, (live) => applyQueue(live, queue)),
    credits: (credits) => writeCredits(client, credits),
    notification: onNotification,
    marks: (marks) => receiveMarks(client, marks),
  };
  (writers[name as EventName] as ((data: unknown) => void) | undefined)?.(data);
}

/** This tab's live state, as the snapshot for a newly opened tab. */
export function readSnapshot(client: QueryClient): EventData<'snapshot'> | undefined {
  const live = client.getQueryData<LiveGenerations>(keys.live);
  const credits = client.getQueryData<EventData<'credits'>>(keys.credits);
  return live && credits && { generations: Object.values(live.byId), credits };
}

function writeSnapshot(client: QueryClient, snapshot: EventData<'snapshot'>, nowMs: number): void {
  const isReconnect = client.getQueryData(keys.live) !== undefined;
  writeCredits(client, snapshot.credits);
  change(client, (live) => applySnapshot(live, snapshot, nowMs));
  for (const { avatar } of snapshot.generations) if (avatar) addToGallery(client, avatar);
  if (!isReconnect) return;
  // Lists that the snapshot does not cover may have changed meanwhile.
  const lists = [keys.projects, keys.project(), keys.avatars(), keys.avatar(), keys.notifications];
  for (const queryKey of lists) void client.invalidateQueries({ queryKey });
}

/** Writes the balance and refetches what explains it: the statement and the usage. */
function writeCredits(client: QueryClient, credits: EventData<'credits'>): void {
  const before = client.getQueryData<EventData<'credits'>>(keys.credits);
  client.setQueryData(keys.credits, credits);
  if (before && before.posted === credits.posted && before.held === credits.held) return;
  const profile = client.getQueryData<Profile>(keys.profile);
  if (profile?.starterCredits) void client.invalidateQueries({ queryKey: keys.profile });
  for (const queryKey of [keys.transfers, keys.generationNames, keys.usage()])
    void client.invalidateQueries({ queryKey });
}

/** Also used for responses to the page's own requests, which may arrive before or after the matching event. */
export function writeGeneration(client: QueryClient, generation: Generation, nowMs: number): void {
  if (!change(client, (live) => applyGeneration(live, generation, nowMs)) || !generation.avatar) return;
  const { projectId } = generation.avatar;
  addToGallery(client, generation.avatar);
  void client.invalidateQueries({ queryKey: keys.project(projectId) });
  void client.invalidateQueries({ queryKey: keys.projects });
  // Only the API can decide whether the avatar matches the filters of a filtered gallery.
  const whole = keys.avatars(projectId);
  void client.invalidateQueries({ queryKey: whole, predicate: ({ queryKey }) => queryKey.length > whole.length });
}

/** @returns whether anything changed */
function change(client: QueryClient, to: (live: LiveGenerations) => LiveGenerations): boolean {
  const before = client.getQueryData<LiveGenerations>(keys.live);
  const after = to(before ?? NOTHING_LIVE);
  client.setQueryData<LiveGenerations>(keys.live, after);
  return after !== before;
}

/** Adds a finished avatar to its project's gallery, if that is cached. */
function addToGallery(client: QueryClient, avatar: Avatar): void {
  if (avatar.trashedAt !== null) return;
  const queryKey = keys.avatars(avatar.projectId);
  const pages = client.getQueryData<AvatarPages>(queryKey);
  if (!pages) return refetchInFlight(client, queryKey);
  if (pages.pages.some((page) => page.data.some((known) => known.id === avatar.id))) return;
  const last = pages.pages.at(-1);
  const oldest = last?.data.at(-1);
  if (last?.meta.hasMore && oldest && oldest.createdAt > avatar.createdAt) return; // on a page not loaded yet
  client.setQueryData<AvatarPages>(queryKey, withFirst(pages, avatar));
  refetchInFlight(client, queryKey);
}

/** A response in flight predates the change, and would take it back. */
function refetchInFlight(client: QueryClient, queryKey: QueryKey): void {
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey });
}

function withFirst(pages: AvatarPages, avatar: Avatar): AvatarPages {
  const [first, ...rest] = pages.pages;
  if (!first) return pages;
  const data = [...first.data, avatar].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return { ...pages, pages: [{ data, meta: { ...first.meta, total: first.meta.total + 1 } }, ...rest] };
}
