import { LRUCache } from 'lru-cache';

/** Longer than a run retries an unavailable bucket. */
const HELD_MS = 10 * 60_000;
/** About sixty images: several times what a worker generates in parallel. */
const MAX_HELD_BYTES = 128 * 1024 * 1024;

/** Images that arrived with the reply to `submit` and are not staged yet. Process-local. */
export interface HeldImages {
  hold(id: string, bytes: Buffer): void;
  /** Undefined for an image that another process bought, or that was held too long. */
  get(id: string): Buffer | undefined;
  drop(id: string): void;
}

/** Limited in bytes and time; the least recently used image is evicted first. */
export function createHeldImages(maxBytes: number = MAX_HELD_BYTES): HeldImages {
  const held = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: (bytes) => Math.max(1, bytes.length),
    ttl: HELD_MS,
  });
  return {
    hold: (id, bytes) => void held.set(id, bytes),
    get: (id) => held.get(id),
    drop: (id) => void held.delete(id),
  };
}
