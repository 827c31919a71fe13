import { useSyncExternalStore } from 'react';

let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function set(ids: Iterable<string>): void {
  leaving = new Set(ids);
  for (const listener of listeners) listener();
}

export function hideProject(id: string): void {
  set([...leaving, id]);
}

export function unhideProject(id: string): void {
  set([...leaving].filter((other) => other !== id));
}

/** Projects that were deleted a moment ago, or are about to be: no list shows them. A matter of this tab, not of the server. */
export function useHiddenProjects(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => leaving,
  );
}
