import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** Longer than the audit's statement timeout: AUDIT_STATEMENT_TIMEOUT_MS in temporal/worker/run-worker.ts. */
const { auditLedger: auditOnce } = proxyActivities<Pick<PublishActivities, 'auditLedger'>>({
  startToCloseTimeout: '3 minutes',
  cancellationType: 'TRY_CANCEL',
  // The Schedule runs it again in ten minutes.
  retry: { maximumAttempts: 1 },
});

/** Checks the ledger for states that must never occur. Started by its Schedule. @returns the number of violations */
export async function auditLedger(): Promise<number> {
  return auditOnce();
}
