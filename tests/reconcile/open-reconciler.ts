import { randomUUID } from 'node:crypto';
import { asOwner } from '../support/as-owner.ts';
import { createTestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { createFaultyRows, type FaultyRows } from './faulty-rows.ts';

export const STUCK_AFTER_MS = 300;
const BUDGET_MS = 1_500;
const TIMEOUT_MS = 3_000;

/** A studio of its own whose reconciler has little time, and meets faulty rows. */
export interface OpenReconciler {
  readonly studio: Studio;
  readonly rows: FaultyRows;
  /** Runs one round. @returns how many rows each part changed, -1 where it failed */
  reconcile(): Promise<Record<string, number>>;
  /** Runs a statement as the owner, with triggers off. */
  change(statement: string, values: unknown[]): Promise<void>;
  close(): Promise<void>;
}

export async function openReconciler(): Promise<OpenReconciler> {
  // Judging eight of them takes longer than half of a part's time.
  const rows = createFaultyRows(BUDGET_MS * 0.6);
  const database = await createTestDatabase();
  const partLimits = { budgetMs: BUDGET_MS, timeoutMs: TIMEOUT_MS };
  const studio = await openStudio({ database, stuckAfterMs: STUCK_AFTER_MS, partLimits, ...rows });
  await studio.startWorkers();
  const { client, queues } = studio.temporal;
  return {
    studio,
    rows,
    reconcile: () =>
      client.workflow.execute<() => Promise<Record<string, number>>>('reconcile', {
        workflowId: `reconcile-${randomUUID()}`,
        taskQueue: queues.workflows,
      }),
    change: (statement, values) =>
      asOwner(database.ownerUrl, async (owner) => {
        await owner.query("SET session_replication_role = 'replica'");
        await owner.query(statement, values);
      }),
    async close() {
      await studio.close();
      await database.drop();
    },
  };
}
