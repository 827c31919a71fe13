/** Purposes of objects in the bucket. */
export const OBJECT_KINDS = ['image', 'thumbnail', 'size', 'staged', 'upload'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/**
 * A write attempt starts at most this long after it was announced, ms: a process that was paused must announce it again. Three attempts
 * take about twenty seconds.
 */
export const WRITE_WINDOW_MS = 60_000;

/**
 * A provider's image is registered with this size, before its own is known. It exists for seconds, so nobody counts it; 0 would be a
 * tombstone.
 */
export const STAGED_BYTES = 1;

/**
 * How long after its announcement a write may still take effect, ms: the window plus the bucket's own timeouts for a request that we
 * aborted, doubled. An object that is removed sooner keeps its row, so that the sweep checks it again after this time.
 */
export const LATE_WRITES_MS = 10 * 60_000;
