import { useSyncExternalStore } from 'react';

const SECOND_MS = 1_000;

/**
 * Now, ms since the epoch, renewed at each full second while somebody looks: one chain of timeouts for all running clocks of the
 * page. It fetches nothing, and a hidden tab does not tick.
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
