import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  setHandler,
  startChild,
  workflowInfo,
  type ChildWorkflowOptions,
} from '@temporalio/workflow';
import type { BatchMember } from '#activities/activity-types.ts';
import type { CancelRequest } from '#domain/generation/admission.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { batchStatus, type BatchInput } from './messages.ts';
import { answerBatch, countOutcomes, newBatchState, note, type BatchState } from './state.ts';
import { endOf, giveBack } from './member-outcome.ts';
import { generateAvatar } from '../generate-avatar/generate-avatar.ts';
import { admitted, cancel, type GenerationInput } from '../generate-avatar/messages.ts';
import { localBatchAdmission } from '../generate-avatar/activity-proxies.ts';

/** As a single making's: a last backstop beyond every deadline. */
const MEMBER_EXECUTION_TIMEOUT = '6 hours';
const SOURCE_TYPE = { name: 'SourceType', type: 'KEYWORD' } as const;

/**
 * The story of a batch: the credits of all are held together or not at all; then each member is made by a workflow of its
 * own, which finds itself admitted, and which goes on if this one is terminated. Closes with how many ended how.
 */
export async function generateBatch(input: BatchInput): Promise<Record<string, number>> {
  const state = newBatchState(input);
  listen(state);
  const members = await CancellationScope.nonCancellable(() => admitAll(state));
  for (const { generationId } of members) note(state, generationId, null);
  await Promise.all(members.map((member) => make(state, member)));
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The batch was cancelled');
  return countOutcomes(state);
}

function listen(state: BatchState): void {
  setHandler(batchStatus, () => answerBatch(state));
  setHandler(admitted, async () => {
    await condition(() => state.outcome !== undefined);
    return state.outcome!;
  });
  setHandler(cancel, async (request) => {
    state.cancelledBy ??= request;
    await Promise.all([...state.generation.keys()].map((generationId) => stop(state, generationId, request)));
  });
}

/** @returns the members to be made; none when the batch was refused or is over */
async function admitAll(state: BatchState): Promise<BatchMember[]> {
  const { batchId } = state.input;
  try {
    const { outcome, members } = await localBatchAdmission.admitBatch({ batchId });
    state.outcome = outcome;
    return members;
  } catch {
    // Nothing is held, and the batch stays as it was asked for: the reconciler or the same key tries again.
    state.outcome = { kind: 'settled', status: 'requested' };
    return [];
  }
}

async function make(state: BatchState, member: BatchMember): Promise<void> {
  const { generationId } = member;
  if (state.cancelledBy) return note(state, generationId, await giveBack(generationId, state.cancelledBy));
  try {
    const child = await startChild(generateAvatar, childOptions(state.input, member));
    state.generation.set(generationId, child);
    // The cancel may have come while it was being started.
    if (state.cancelledBy) await stop(state, generationId, state.cancelledBy);
    const ended = await child.result();
    note(state, generationId, ended === 'completed' ? 'completed' : 'cancelled');
  } catch (error) {
    note(state, generationId, await endOf(generationId, error, state.cancelledBy));
  } finally {
    state.generation.delete(generationId);
  }
}

function childOptions(
  input: BatchInput,
  { generationId, sourceType, tier, priority }: BatchMember,
): Omit<ChildWorkflowOptions, 'typeInfo'> & { args: [GenerationInput] } {
  const { accountId } = input;
  return {
    workflowId: generationWorkflowId(generationId),
    args: [{ generationId, accountId, tier, sourceType, priority }],
    parentClosePolicy: 'ABANDON',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowExecutionTimeout: MEMBER_EXECUTION_TIMEOUT,
    priority: { priorityKey: priority, fairnessKey: accountId },
    staticSummary: `Avatar of a batch, ${sourceType.replaceAll('_', ' ')}, ${tier}`,
    typedSearchAttributes: workflowInfo().typedSearchAttributes.updateCopy([{ key: SOURCE_TYPE, value: sourceType }]),
  };
}

/** Best effort: one that has just ended takes no signal. */
async function stop(state: BatchState, generationId: string, request: CancelRequest): Promise<void> {
  await state.generation
    .get(generationId)
    ?.signal(cancel, request)
    .catch(() => undefined);
}
