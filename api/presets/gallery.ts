import { LRUCache } from 'lru-cache';
import type { Preset } from '#drizzle/queries/avatars/presets.ts';

/** Should a notification ever be lost, the gallery is wrong for so long at most. */
const CACHE_MS = 10 * 60_000;
const KEY = 'public';

/** The public presets, kept in memory while changes are heard. */
export interface Gallery {
  /** In gallery order. */
  read(): Promise<readonly Preset[]>;
  /** Something of it changed. */
  changed(): void;
  /** While nothing is heard nothing is kept. What was said before is unheard. */
  listening(hears: boolean): void;
}

export function createGallery(readRows: () => Promise<readonly Preset[]>): Gallery {
  // The promise is kept, not its rows: callers of one moment share one read, and a read that a change overtook is dropped with it.
  const cached = new LRUCache<typeof KEY, Promise<readonly Preset[]>>({ max: 1, ttl: CACHE_MS });
  let hears = false;
  return {
    async read() {
      const known = cached.get(KEY);
      if (known) return known;
      const reading = readRows();
      if (hears) cached.set(KEY, reading);
      try {
        return await reading;
      } catch (error) {
        if (cached.peek(KEY) === reading) cached.delete(KEY);
        throw error;
      }
    },
    changed: () => cached.clear(),
    listening(now) {
      hears = now;
      cached.clear();
    },
  };
}
