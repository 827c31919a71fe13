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
import { localAdmission } from '../generate-avatar/activity-proxies.ts';
import { generateAvatar } from '../generate-avatar/generate-avatar.ts';
import { admitted, cancel, type GenerationInput } from '../generate-avatar/messages.ts';
import { batchStatus, type BatchInput } from './messages.ts';
import { releaseCancelledMember, settleMember } from './settle-member.ts';
import { batchStatusAnswer, countOutcomes, newBatchState, setMemberOutcome, type BatchState } from './state.ts';

/** Beyond every deadline, as for a single generation: a last resort. */
const MEMBER_EXECUTION_TIMEOUT = '6 hours';
const SOURCE_TYPE = { name: 'SourceType', type: 'KEYWORD' } as const;

/**
 * The story of a batch: admit all members or none; then generate each one in a workflow of its own, which is admitted already and
 * continues if this workflow is terminated. Closes with the number of members by outcome.
 */
export async function generateBatch(input: BatchInput): Promise<Record<string, number>> {
  const state = newBatchState(input);
  registerHandlers(state);
  const members = await CancellationScope.nonCancellable(() => admitBatch(state));
  for (const { generationId } of members) setMemberOutcome(state, generationId, null);
  await Promise.all(members.map((member) => generateMember(state, member)));
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The batch was cancelled');
  return countOutcomes(state);
}

function registerHandlers(state: BatchState): void {
  setHandler(batchStatus, () => batchStatusAnswer(state));
  setHandler(admitted, async () => {
    await condition(() => state.outcome !== undefined);
    return state.outcome!;
  });
  setHandler(cancel, async (request) => {
    state.cancelledBy ??= request;
    await Promise.all([...state.running.keys()].map((generationId) => cancelMember(state, generationId, request)));
  });
}

/** @returns the members to generate; none when the batch was refused or is settled */
async function admitBatch(state: BatchState): Promise<BatchMember[]> {
  const { batchId } = state.input;
  try {
    const { outcome, members } = await localAdmission.admitBatch({ batchId });
    state.outcome = outcome;
    return members;
  } catch {
    // Nothing is held and the batch stays requested: the reconciler, or a request with the same key, tries again.
    state.outcome = { kind: 'settled', status: 'requested' };
    return [];
  }
}

async function generateMember(state: BatchState, member: BatchMember): Promise<void> {
  const { generationId } = member;
  if (state.cancelledBy) {
    return setMemberOutcome(state, generationId, await releaseCancelledMember(generationId, state.cancelledBy));
  }
  try {
    const child = await startChild(generateAvatar, childOptions(state.input, member));
    state.running.set(generationId, child);
    // The cancel may have arrived while the child was starting.
    if (state.cancelledBy) await cancelMember(state, generationId, state.cancelledBy);
    const result = await child.result();
    setMemberOutcome(state, generationId, result === 'completed' || result === 'failed' ? result : 'cancelled');
  } catch (error) {
    setMemberOutcome(state, generationId, await settleMember(generationId, error, state.cancelledBy));
  } finally {
    state.running.delete(generationId);
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

/** Best effort: a member that has just closed takes no signal. */
async function cancelMember(state: BatchState, generationId: string, request: CancelRequest): Promise<void> {
  await state.running
    .get(generationId)
    ?.signal(cancel, request)
    .catch(() => undefined);
}
