import { useSyncExternalStore } from 'react';

const KEY = 'dismissed';
/** Ended generations leave the stream after a day: older entries mean nothing. */
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
    // Storage is forbidden: dismissed for this page only.
  }
  for (const listener of listeners) listener();
}

/** Cards a person has put away. A matter of this browser, not of the server. */
export function useDismissed(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
