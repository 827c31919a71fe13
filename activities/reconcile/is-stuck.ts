import { markOverdue } from '#drizzle/queries/generations/generation-sweep.ts';
import type { ReconcileDeps } from './deps.ts';

/** A workflow that is only slow, because Postgres or its workers were away, goes on within this after they are back. */
const CONFIRM_MS = 5 * 60_000;

/**
 * Whether a workflow that should have ended is stuck: it runs, but its row has not changed since an earlier round noted the same. Its
 * task may fail again and again, or it waits for something that never happens.
 */
export async function isStuck({ database, stuckAfterMs = CONFIRM_MS }: ReconcileDeps, id: string): Promise<boolean> {
  return markOverdue(database, { id, confirmMs: stuckAfterMs });
}
