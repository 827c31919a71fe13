import { useSyncExternalStore } from 'react';

const SECOND_MS = 1_000;

/**
 * The current time, ms since the epoch, updated every full second while the tab is visible. All clocks of the page share one timer.
 */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

let nowMs = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
  schedule();
}

function schedule(): void {
  clearTimeout(timer);
  timer = undefined;
  if (listeners.size > 0 && !document.hidden) timer = setTimeout(tick, SECOND_MS - (Date.now() % SECOND_MS));
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', tick);
  listeners.add(listener);
  nowMs = Date.now();
  schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', tick);
    schedule();
  };
}
