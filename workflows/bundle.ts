/** What the worker can run: the entry that Temporal bundles. */
export { auditLedger } from './audit-ledger.ts';
export { checkProviders } from './check-providers.ts';
export { deliverWebhook } from './deliver-webhook.ts';
export { emptyTrash } from './empty-trash.ts';
export { eraseAccount } from './erase-account.ts';
export { generateAvatar } from './generate-avatar.ts';
export { generateBatch } from './generate-batch.ts';
export { reconcile } from './reconcile.ts';
export { removeObjects } from './remove-objects.ts';
