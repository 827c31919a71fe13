import { LRUCache } from 'lru-cache';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { EncodedImage } from '../image/encode-image.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';

/** An image that this process has staged, and what it was made from. */
export interface StagedBytes {
  readonly bytes: Buffer;
  /** What they are encoded as, from the decoding that they were checked in; never rejects. Undefined: they must be encoded. */
  readonly encoded?: Promise<EncodedImage | undefined> | undefined;
  /** As stored once the image is staged; its status and a cancel request may be newer in the database. */
  readonly generation: Generation;
  /** As stored: it has succeeded, so it does not change any more. */
  readonly attempt: Attempt;
}

/** Of all workers' memory only a small part, bytes: some sixty images of a provider. */
const MEMORY_MAX_BYTES = 64 * 1024 * 1024;
/** Saved within seconds, unless the bucket is away. */
const CACHED_MS = 2 * 60_000;

/**
 * The images that a worker has staged a moment ago, by the staged object's name, so that the steps that follow in the same process need
 * to read neither bucket nor rows again. Whatever is missing here is read: another process may have staged it.
 */
export interface StagedImages {
  put(objectName: string, staged: StagedBytes): void;
  get(objectName: string): StagedBytes | undefined;
  /** Call it when the generation has ended. */
  forget(objectName: string): void;
}

export function createStagedImages(maxBytes = MEMORY_MAX_BYTES): StagedImages {
  const images = new LRUCache<string, StagedBytes>({
    maxSize: maxBytes,
    // What is encoded is at most about as large, and not known yet.
    sizeCalculation: ({ bytes, encoded }) => Math.max(1, bytes.length * (encoded ? 2 : 1)),
    ttl: CACHED_MS,
    ttlAutopurge: true,
  });
  return {
    put: (objectName, staged) => void images.set(objectName, staged),
    get: (objectName) => images.get(objectName),
    forget: (objectName) => void images.delete(objectName),
  };
}
