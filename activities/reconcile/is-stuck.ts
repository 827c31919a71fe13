import { markBatchOverdue } from '#drizzle/queries/generations/batch-progress.ts';
import { markOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

/** A running workflow has admitted its generations, or made them final, within this of its start. */
export const ADMISSION_GRACE_MS = 15 * 60_000;
/** A workflow that is only slow, because Postgres or its workers were away, goes on within this after they are back. */
const CONFIRM_MS = 5 * 60_000;

/**
 * Whether a workflow that should have ended is stuck: it runs, but its row has not changed since an earlier round noted the same. Its
 * task may fail again and again, or it waits for something that never happens.
 */
export async function isStuck({ database, stuckAfterMs = CONFIRM_MS }: ReconcileDeps, id: string): Promise<boolean> {
  return markOverdue(database, { id, confirmMs: stuckAfterMs });
}

/** Whether a batch's workflow that should have admitted its members is stuck: it runs, and did so in an earlier round. */
export async function isBatchStuck(
  { database, stuckAfterMs = CONFIRM_MS }: ReconcileDeps,
  id: string,
): Promise<boolean> {
  return markBatchOverdue(database, { id, confirmMs: stuckAfterMs });
}
