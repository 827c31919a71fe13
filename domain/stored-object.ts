/** What an object in the bucket is for. */
export const OBJECT_KINDS = ['image', 'thumbnail', 'staged', 'upload'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];
