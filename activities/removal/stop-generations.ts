import type { CancelRequest } from '#domain/generation/admission.ts';
import type { WorkflowControl } from '../workflow-control.ts';

export interface StopGenerationsInput {
  /** Generations that are settled in the database already. */
  readonly generationIds: readonly string[];
}

const REQUEST: CancelRequest = { reason: 'its project or account was deleted', by: 'user' };

/**
 * Tells workflows whose generation is settled that nobody waits for their image: they stop the provider and clean up. One that does
 * not run needs no telling.
 *
 * @throws TemporalUnavailable; running again tells all of them again, which changes nothing
 */
export function createStopGenerations({ workflows }: { readonly workflows: WorkflowControl }) {
  return async function stopGenerations({ generationIds }: StopGenerationsInput): Promise<void> {
    for (const id of generationIds) await workflows.cancel(id, REQUEST);
  };
}
