import { useSyncExternalStore } from 'react';
import { browserStorage } from '#web/browser/storage.ts';

const KEY = 'dismissed';
/** Ended generations leave the event stream after a day, so older entries have no effect. */
const DISMISSED_MAX = 200;

let ids: readonly string[] | undefined;
const listeners = new Set<() => void>();

function current(): readonly string[] {
  if (ids) return ids;
  try {
    const read: unknown = JSON.parse(browserStorage.getItem(KEY) ?? '[]');
    ids = Array.isArray(read) ? read.filter((id) => typeof id === 'string') : [];
  } catch {
    ids = [];
  }
  return ids;
}

export function dismiss(id: string): void {
  ids = [...current(), id].slice(-DISMISSED_MAX);
  browserStorage.setItem(KEY, JSON.stringify(ids));
  for (const listener of listeners) listener();
}

/** Ids of the cards the user has dismissed, stored in this browser only. */
export function useDismissed(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
