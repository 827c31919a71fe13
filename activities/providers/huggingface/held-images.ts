import { LRUCache } from 'lru-cache';

/** Longer than the bucket may be away before a run gives up. */
const HELD_MS = 10 * 60_000;
/** Some sixty images: several times what a worker paints at once. */
const HELD_MAX_BYTES = 128 * 1024 * 1024;

/** Images that came with the answer to an order and have not been fetched for good yet. Of this process only. */
export interface HeldImages {
  hold(id: string, bytes: Buffer): void;
  /** Undefined for what another process bought, and for what was held too long. */
  get(id: string): Buffer | undefined;
  letGo(id: string): void;
}

/** Bounded in bytes and time; the oldest goes first. */
export function createHeldImages(maxBytes: number = HELD_MAX_BYTES): HeldImages {
  const held = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: (bytes) => Math.max(1, bytes.length),
    ttl: HELD_MS,
  });
  return {
    hold: (id, bytes) => void held.set(id, bytes),
    get: (id) => held.get(id),
    letGo: (id) => void held.delete(id),
  };
}
