import { setCurrentDetails, type ChildWorkflowHandle } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { BatchInput, BatchStatusAnswer, MemberOutcome } from './messages.ts';
import type { generateAvatar } from '../generate-avatar/generate-avatar.ts';

/** The state of one batch. The `status` query and the details in the Temporal UI are views of it. */
export interface BatchState {
  readonly input: BatchInput;
  outcome: AdmissionOutcome | undefined;
  cancelledBy: CancelRequest | undefined;
  /** The members' running workflows, by generation id. */
  readonly running: Map<string, ChildWorkflowHandle<typeof generateAvatar>>;
  /** By generation id, in the order of the batch; null while in progress. */
  readonly outcomes: Map<string, MemberOutcome | null>;
}

export function newBatchState(input: BatchInput): BatchState {
  return { input, outcome: undefined, cancelledBy: undefined, running: new Map(), outcomes: new Map() };
}

/** Records that a member is in progress (null) or has ended, and updates the details in the Temporal UI. */
export function setMemberOutcome(state: BatchState, generationId: string, outcome: MemberOutcome | null): void {
  state.outcomes.set(generationId, outcome);
  const paragraphs = Object.entries(countOutcomes(state)).map(([name, count]) => `${name}: ${count}`);
  if (state.cancelledBy) paragraphs.push(`Cancel requested by ${state.cancelledBy.by}: ${state.cancelledBy.reason}`);
  setCurrentDetails(paragraphs.join('\n\n'));
}

export function batchStatusAnswer({ cancelledBy, outcomes }: BatchState): BatchStatusAnswer {
  return { cancelled: cancelledBy !== undefined, members: Object.fromEntries(outcomes) };
}

/** The number of members by outcome; `in_progress` for those without one. */
export function countOutcomes({ outcomes }: BatchState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes.values()) {
    const name = outcome ?? 'in_progress';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
