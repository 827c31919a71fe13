/** Purposes of objects in the bucket. */
export const OBJECT_KINDS = ['image', 'thumbnail', 'staged', 'upload'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/**
 * No write attempt starts later than this after its announcement, ms: a process that was paused must announce it again. Three
 * attempts take about twenty seconds.
 */
export const WRITE_WINDOW_MS = 60_000;

/**
 * After an announcement bytes may still land for this long, ms: the window, and what the bucket may take to finish a request that we
 * dropped, which the longest of its own timeouts bounds by minutes; twice that. Who removes an object sooner keeps its row, so that the
 * sweep looks once more when nothing can land any longer.
 */
export const LATE_WRITES_MS = 10 * 60_000;
