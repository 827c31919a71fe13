import { useSyncExternalStore } from 'react';

let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function set(ids: Iterable<string>): void {
  hidden = new Set(ids);
  for (const listener of listeners) listener();
}

export function hideProject(id: string): void {
  set([...hidden, id]);
}

export function unhideProject(id: string): void {
  set([...hidden].filter((other) => other !== id));
}

/** Projects whose deletion is pending or just done: lists hide them. State of this tab only. */
export function useHiddenProjects(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}
