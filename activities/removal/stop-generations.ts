import type { CancelRequest } from '#domain/generation/admission.ts';
import type { WorkflowControl } from '../workflow-control.ts';

export interface StopGenerationsInput {
  /** Generations that are already settled in the database. */
  readonly generationIds: readonly string[];
}

const REQUEST: CancelRequest = { reason: 'its project or account was deleted', by: 'user' };

/**
 * Cancels the workflows of generations that are settled already, so that they cancel the provider's job and clean up. A workflow that
 * does not run is skipped.
 *
 * @throws TemporalUnavailable; safe to repeat
 */
export function createStopGenerations({ workflows }: { readonly workflows: WorkflowControl }) {
  return async function stopGenerations({ generationIds }: StopGenerationsInput): Promise<void> {
    for (const id of generationIds) await workflows.cancel(id, REQUEST);
  };
}
