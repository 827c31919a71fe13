import type { Avatar } from '#contract/avatar.ts';
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

/**
 * Applies a change of avatars, of which no event tells: rows name them as they are called now, and link to where they are.
 *
 * @param change null: the avatar is deleted
 */
export function withAvatars(live: LiveGenerations, change: (avatar: Avatar) => Avatar | null): LiveGenerations {
  const changed = Object.entries(live.byId).map(([id, known]) => [
    id,
    known.avatar ? { ...known, avatar: change(known.avatar) } : known,
  ]);
  return { ...live, byId: Object.fromEntries(changed) };
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
