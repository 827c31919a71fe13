import type { Database } from '#drizzle/connection/database.ts';
import { setPriority } from '#drizzle/queries/generations/generation-progress.ts';
import type { SetPriorityInput } from '../activity-types.ts';
import type { WorkflowControl } from '../workflow-control.ts';

/** Stores the new priority for later steps and the page, and re-queues the activity that waits for a provider. */
export function createSetPriority(deps: { database: Database; workflows: WorkflowControl }) {
  return async ({ generationId, priority, activityId }: SetPriorityInput): Promise<void> => {
    await setPriority(deps.database, generationId, priority);
    if (activityId !== null) await deps.workflows.setActivityPriority(generationId, activityId, priority);
  };
}
