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
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { MemberOutcome } from './messages.ts';
import { queuedPublish, localSettlement } from '../generate-avatar/activity-proxies.ts';

/** The class itself is not to be had in a workflow. */
const ALREADY_STARTED = 'WorkflowExecutionAlreadyStartedError';
const BY_OPERATOR: CancelRequest = { reason: 'cancelled', by: 'operator' };

/** How a member ended that did not end by itself in order. What its own workflow left undone is done here. */
export async function endOf(
  generationId: string,
  error: unknown,
  cancelledBy: CancelRequest | undefined,
): Promise<MemberOutcome> {
  if (error instanceof TemporalFailure && error.name === ALREADY_STARTED) return 'elsewhere';
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  // It failed by its own story, which has given the credits back.
  if (cause instanceof ApplicationFailure) return 'failed';
  if (isCancellation(error) || cause instanceof CancelledFailure) {
    return giveBack(generationId, cancelledBy ?? BY_OPERATOR);
  }
  // Terminated or timed out: nobody else compensates before the reconciler comes.
  const outcome = await settle({ generationId, outcome: 'failed', failure: 'interrupted' });
  await CancellationScope.nonCancellable(() => queuedPublish().abandon({ generationId })).catch(() => undefined);
  return outcome;
}

/** Of a member that was never started, or whose workflow was cancelled; once, whoever comes first. */
export function giveBack(generationId: string, cancel: CancelRequest): Promise<MemberOutcome> {
  return settle({ generationId, outcome: 'cancelled', cancel });
}

async function settle(input: ReleaseInput): Promise<MemberOutcome> {
  const { status } = await CancellationScope.nonCancellable(() => localSettlement.release(input));
  return outcomeOf(status);
}

function outcomeOf(status: GenerationStatus): MemberOutcome {
  return status === 'completed' || status === 'failed' ? status : 'cancelled';
}
