import { useSyncExternalStore } from 'react';

let held: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** A completed card stays while it is pointed at or has the focus. */
export function setHeld(id: string, isHeld: boolean): void {
  if (held.has(id) === isHeld) return;
  held = new Set(isHeld ? [...held, id] : [...held].filter((other) => other !== id));
  for (const listener of listeners) listener();
}

/** Ids of the generations whose cards are in use. */
export function useHeld(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => held,
  );
}
