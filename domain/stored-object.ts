/** What an object in the bucket is for. */
export const OBJECT_KINDS = ['image', 'thumbnail', 'staged', 'upload'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/**
 * A step that was given up may still be writing, ms. Who removes an object sooner keeps its row, so that the sweep looks once more when
 * nobody can be writing any longer.
 */
export const LATE_WRITES_MS = 10 * 60_000;
