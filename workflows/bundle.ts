import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import { generateAvatar } from './generate-avatar/generate-avatar.ts';
import { generateBatch } from './generate-batch/generate-batch.ts';

/** Every workflow that the worker can run: the entry point of the bundle. */
export { auditLedger } from './maintenance/audit-ledger.ts';
export { checkProviders } from './maintenance/check-providers.ts';
export { deliverWebhook } from './webhooks/deliver-webhook.ts';
export { emptyTrash } from './removal/empty-trash.ts';
export { expireRecords } from './maintenance/expire-records.ts';
export { eraseAccount } from './removal/erase-account.ts';
export { reconcile } from './maintenance/reconcile.ts';
export { inventoryBucket } from './maintenance/inventory-bucket.ts';
export { removeObjects } from './removal/remove-objects.ts';

/*
 * With worker versions, a generation ends on the version that started it: its code may change without `patched()`. All others run for
 * days or are run by a Schedule, and move to the current version. A worker without versions must name no behavior.
 */
const pinned = () =>
  (workflowInfo().currentDeploymentVersion?.deploymentName ?? '') === ''
    ? {}
    : { versioningBehavior: 'PINNED' as const };
for (const workflow of [generateAvatar, generateBatch] as const) {
  setWorkflowOptions(pinned, workflow as () => Promise<unknown>);
}

export { generateAvatar, generateBatch };
