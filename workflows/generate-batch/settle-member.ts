import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  ChildWorkflowFailure,
  isCancellation,
  TemporalFailure,
} from '@temporalio/workflow';
import type { ReleaseInput } from '#activities/activity-types.ts';
import type { CancelRequest } from '#domain/generation/admission.ts';
import { localSettlement, queuedPublish } from '../generate-avatar/activity-proxies.ts';
import type { MemberOutcome } from './messages.ts';

/** The error's class can't be imported into a workflow. */
const ALREADY_STARTED = 'WorkflowExecutionAlreadyStartedError';
const BY_OPERATOR: CancelRequest = { reason: 'cancelled', by: 'operator' };

/** Settles a member whose workflow did not complete: does what that workflow could not do. @returns the member's outcome */
export async function settleMember(
  generationId: string,
  error: unknown,
  cancelledBy: CancelRequest | undefined,
): Promise<MemberOutcome> {
  if (error instanceof TemporalFailure && error.name === ALREADY_STARTED) return 'already_running';
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  // The member's workflow failed on its own and has released the hold.
  if (cause instanceof ApplicationFailure) return 'failed';
  if (isCancellation(error) || cause instanceof CancelledFailure) {
    return releaseCancelledMember(generationId, cancelledBy ?? BY_OPERATOR);
  }
  // Terminated or timed out: without this, only the reconciler would release the hold.
  const outcome = await release({ generationId, outcome: 'failed', failure: 'interrupted' });
  await CancellationScope.nonCancellable(() => queuedPublish().abandon({ generationId })).catch(() => undefined);
  return outcome;
}

/** Releases the hold of a member that was never started or whose workflow was cancelled. Idempotent. */
export function releaseCancelledMember(generationId: string, cancel: CancelRequest): Promise<MemberOutcome> {
  return release({ generationId, outcome: 'cancelled', cancel });
}

async function release(input: ReleaseInput): Promise<MemberOutcome> {
  const { status } = await CancellationScope.nonCancellable(() => localSettlement.release(input));
  return status === 'completed' || status === 'failed' ? status : 'cancelled';
}
