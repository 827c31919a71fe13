/** What the worker can run: the entry that Temporal bundles. */
export { generateAvatar } from './generate-avatar.ts';
export { reconcile } from './reconcile.ts';
