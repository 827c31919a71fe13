import { setCurrentDetails, type ChildWorkflowHandle } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { BatchInput, BatchStatusAnswer, MemberOutcome } from './messages.ts';
import type { generateAvatar } from '../generate-avatar/generate-avatar.ts';

/** All that a batch knows about itself. */
export interface BatchState {
  readonly input: BatchInput;
  outcome: AdmissionOutcome | undefined;
  cancelledBy: CancelRequest | undefined;
  /** Those that run. */
  readonly generation: Map<string, ChildWorkflowHandle<typeof generateAvatar>>;
  /** By generation id, in order. */
  readonly outcomes: Map<string, MemberOutcome | null>;
}

export function newBatchState(input: BatchInput): BatchState {
  return { input, outcome: undefined, cancelledBy: undefined, generation: new Map(), outcomes: new Map() };
}

/** One member is begun (null) or over; tells the operators' page. */
export function note(state: BatchState, generationId: string, outcome: MemberOutcome | null): void {
  state.outcomes.set(generationId, outcome);
  const lines = Object.entries(countOutcomes(state)).map(([name, count]) => `${name}: ${count}`);
  if (state.cancelledBy) lines.push(`Cancel asked by ${state.cancelledBy.by}: ${state.cancelledBy.reason}`);
  setCurrentDetails(lines.join('\n\n'));
}

export function answerBatch({ cancelledBy, outcomes }: BatchState): BatchStatusAnswer {
  return { cancelled: cancelledBy !== undefined, members: Object.fromEntries(outcomes) };
}

/** Members by how they ended; `making` are not over. */
export function countOutcomes({ outcomes }: BatchState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes.values()) {
    const name = outcome ?? 'making';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
