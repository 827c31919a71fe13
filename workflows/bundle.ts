/** What the worker can run: the entry that Temporal bundles. */
export { emptyTrash } from './empty-trash.ts';
export { generateAvatar } from './generate-avatar.ts';
export { generateBatch } from './generate-batch.ts';
export { reconcile } from './reconcile.ts';
export { removeObjects } from './remove-objects.ts';
