/** Every workflow that the worker can run: the entry point of the bundle. */
export { auditLedger } from './maintenance/audit-ledger.ts';
export { checkProviders } from './maintenance/check-providers.ts';
export { deliverWebhook } from './webhooks/deliver-webhook.ts';
export { emptyTrash } from './removal/empty-trash.ts';
export { expireRecords } from './maintenance/expire-records.ts';
export { eraseAccount } from './removal/erase-account.ts';
export { generateAvatar } from './generate-avatar/generate-avatar.ts';
export { generateBatch } from './generate-batch/generate-batch.ts';
export { reconcile } from './maintenance/reconcile.ts';
export { inventoryBucket } from './maintenance/inventory-bucket.ts';
export { removeObjects } from './removal/remove-objects.ts';
