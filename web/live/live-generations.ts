import type { EventData } from '#contract/events.ts';
import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';

/** What the event stream has told us of this person's generations. */
export interface LiveGenerations {
  readonly byId: Readonly<Record<string, Generation>>;
  /** When this tab saw a generation end, ms of its own clock. What had ended before the tab knew of it is history. */
  readonly endedAtMs: Readonly<Record<string, number>>;
}

export const NOTHING_LIVE: LiveGenerations = { byId: {}, endedAtMs: {} };

/** The snapshot replaces the truth; only what we hold in a newer version stays. */
export function applySnapshot(live: LiveGenerations, snapshot: EventData<'snapshot'>, nowMs: number): LiveGenerations {
  let next: LiveGenerations = { byId: {}, endedAtMs: {} };
  for (const told of snapshot.generations) {
    const known = live.byId[told.id];
    next = put(next, known, known && known.version > told.version ? known : told, nowMs);
  }
  return { byId: next.byId, endedAtMs: { ...kept(live.endedAtMs, next.byId), ...next.endedAtMs } };
}

/** Full new state of one generation; dropped when its version is not newer. */
export function applyGeneration(live: LiveGenerations, told: Generation, nowMs: number): LiveGenerations {
  const known = live.byId[told.id];
  if (known && known.version >= told.version) return live;
  return put(live, known, told, nowMs);
}

/** New places in the queue. They carry no version: a queue only means something while its generation waits. */
export function applyQueue(live: LiveGenerations, { positions }: EventData<'queue'>): LiveGenerations {
  const byId = { ...live.byId };
  for (const { generationId, queue } of positions) {
    const known = byId[generationId];
    if (known?.status === 'pending') byId[generationId] = { ...known, queue: queue };
  }
  return { ...live, byId };
}

function put(live: LiveGenerations, known: Generation | undefined, next: Generation, nowMs: number): LiveGenerations {
  const endedNow = known !== undefined && !isFinal(known.status) && isFinal(next.status);
  return {
    byId: { ...live.byId, [next.id]: next },
    endedAtMs: endedNow ? { ...live.endedAtMs, [next.id]: nowMs } : live.endedAtMs,
  };
}

function kept(endedAtMs: Readonly<Record<string, number>>, byId: Readonly<Record<string, Generation>>) {
  return Object.fromEntries(Object.entries(endedAtMs).filter(([id]) => id in byId));
}
