import { useSyncExternalStore } from 'react';

const KEY = 'dismissed';
/** Ended generations leave the event stream after a day, so older entries have no effect. */
const DISMISSED_MAX = 200;

let ids: readonly string[] | undefined;
const listeners = new Set<() => void>();

function current(): readonly string[] {
  if (ids) return ids;
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    ids = Array.isArray(read) ? read.filter((id) => typeof id === 'string') : [];
  } catch {
    ids = [];
  }
  return ids;
}

export function dismiss(id: string): void {
  ids = [...current(), id].slice(-DISMISSED_MAX);
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Storage is blocked: the dismissal lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** Ids of the cards the user has dismissed, stored in this browser only. */
export function useDismissed(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
