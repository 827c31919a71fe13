import { proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '#activities/create-activities.ts';

/** The statement gives up before this; see AUDIT_STATEMENT_MS in temporal/run-worker.ts. */
const { auditLedger: auditOnce } = proxyActivities<Pick<PublishActivities, 'auditLedger'>>({
  startToCloseTimeout: '3 minutes',
  cancellationType: 'TRY_CANCEL',
  // The Schedule comes again in ten minutes.
  retry: { maximumAttempts: 1 },
});

/** Looks for what must never be in the ledger. Started by its Schedule. @returns how many violations there are */
export async function auditLedger(): Promise<number> {
  return auditOnce();
}
