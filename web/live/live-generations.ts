import type { BulkAvatars } from '#contract/bulk-avatars.ts';
import type { EventData } from '#contract/events.ts';
import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';

/** The user's generations as received from the event stream. */
export interface LiveGenerations {
  readonly byId: Readonly<Record<string, Generation>>;
  /** When this tab saw a generation finish, ms of its own clock. Generations that were finished when first seen are not listed. */
  readonly endedAtMs: Readonly<Record<string, number>>;
}

export const NOTHING_LIVE: LiveGenerations = { byId: {}, endedAtMs: {} };

/** Replaces all generations by the snapshot, except those that are known in a newer version. */
export function applySnapshot(live: LiveGenerations, snapshot: EventData<'snapshot'>, nowMs: number): LiveGenerations {
  let next: LiveGenerations = { byId: {}, endedAtMs: {} };
  for (const received of snapshot.generations) {
    const known = live.byId[received.id];
    next = put(next, known, known && known.version > received.version ? known : received, nowMs);
  }
  return { byId: next.byId, endedAtMs: { ...endedTimesOf(live.endedAtMs, next.byId), ...next.endedAtMs } };
}

/** Applies the full state of one generation; ignored unless its version is newer. */
export function applyGeneration(live: LiveGenerations, received: Generation, nowMs: number): LiveGenerations {
  const known = live.byId[received.id];
  if (known && known.version >= received.version) return live;
  return put(live, known, received, nowMs);
}

/** Applies queue positions. They carry no version and are ignored for generations that no longer wait. */
export function applyQueue(live: LiveGenerations, { positions }: EventData<'queue'>): LiveGenerations {
  const byId = { ...live.byId };
  for (const { generationId, queue } of positions) {
    const known = byId[generationId];
    if (known?.status === 'pending') byId[generationId] = { ...known, queue };
  }
  return { ...live, byId };
}

/** Applies what was done to avatars, of which no event tells: links lead to where they are now. */
export function applyToAvatars(live: LiveGenerations, change: BulkAvatars, now: Date): LiveGenerations {
  const changed = (generation: Generation): Generation => {
    const { avatar } = generation;
    if (!avatar || !change.ids.includes(avatar.id)) return generation;
    if (change.action === 'delete') return { ...generation, avatar: null };
    const projectId = ('projectId' in change && change.projectId) || avatar.projectId;
    const trashedAt = { move: avatar.trashedAt, trash: now.toISOString(), restore: null }[change.action];
    return { ...generation, avatar: { ...avatar, projectId, trashedAt } };
  };
  return { ...live, byId: Object.fromEntries(Object.entries(live.byId).map(([id, known]) => [id, changed(known)])) };
}

function put(live: LiveGenerations, known: Generation | undefined, next: Generation, nowMs: number): LiveGenerations {
  const endedNow = known !== undefined && !isFinal(known.status) && isFinal(next.status);
  return {
    byId: { ...live.byId, [next.id]: next },
    endedAtMs: endedNow ? { ...live.endedAtMs, [next.id]: nowMs } : live.endedAtMs,
  };
}

function endedTimesOf(endedAtMs: Readonly<Record<string, number>>, byId: Readonly<Record<string, Generation>>) {
  return Object.fromEntries(Object.entries(endedAtMs).filter(([id]) => id in byId));
}
