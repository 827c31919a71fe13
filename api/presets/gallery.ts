import { LRUCache } from 'lru-cache';
import type { Preset } from '#drizzle/queries/avatars/presets.ts';

/** How old the counts of uses may be, which are not notified; and the gallery, if a notification is lost. */
const CACHE_MS = 60_000;
const KEY = 'public';

/** The public presets, cached while this process is notified of changes. */
export interface Gallery {
  /** In gallery order. */
  read(): Promise<readonly Preset[]>;
  /** A public preset has changed. */
  changed(): void;
  /** Nothing is cached while this process is not notified of changes; what was cached before is dropped. */
  setListening(isListening: boolean): void;
}

export function createGallery(readRows: () => Promise<readonly Preset[]>): Gallery {
  // The promise is cached, not its rows: concurrent callers share one read, and a change drops a read that started before it.
  const cached = new LRUCache<typeof KEY, Promise<readonly Preset[]>>({ max: 1, ttl: CACHE_MS });
  let listening = false;
  return {
    async read() {
      const known = cached.get(KEY);
      if (known) return known;
      const rows = readRows();
      if (listening) cached.set(KEY, rows);
      try {
        return await rows;
      } catch (error) {
        if (cached.peek(KEY) === rows) cached.delete(KEY);
        throw error;
      }
    },
    changed: () => cached.clear(),
    setListening(isListening) {
      listening = isListening;
      cached.clear();
    },
  };
}
