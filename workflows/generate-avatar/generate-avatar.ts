import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import type { Admission, ReleaseInput, SavedImage } from '#activities/activity-types.ts';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import { isPriority } from '#domain/generation/tier.ts';
import { localAdmission, localPublish, localPriority, localSettlement, queuedPublish } from './activity-proxies.ts';
import { closingError, interruptedFailure, reasonOf } from './failure-reason.ts';
import { generateAndSaveImage } from './generate-and-save-image.ts';
import { admitted, cancel, setPriority, status, type GenerationInput } from './messages.ts';
import { enterStage, newState, statusAnswer, type GenerationState } from './state.ts';

/**
 * The story of one avatar: admit, generate image, save image, record avatar. On failure, cancel or deadline: release the hold and
 * discard objects. Closes as Completed with the outcome, as Failed with the failure code as its type, or as Cancelled after Temporal's
 * own cancel, so that operators can filter. A refused generation closes as Completed with `refused`; one that was final before it
 * was admitted, with its status.
 */
export function generateAvatar(input: GenerationInput): Promise<string> {
  const state = newState(input);
  const generation = new CancellationScope();
  registerHandlers(state, generation);
  // One scope for all other steps: each has promises of its own, and the SDK records a stack trace for each promise.
  return CancellationScope.nonCancellable(() => carryOut(state, generation));
}

async function carryOut(state: GenerationState, generation: CancellationScope): Promise<string> {
  const admission = await admit(state);
  if (!admission) return closeWith(state.outcome?.kind === 'settled' ? state.outcome.status : 'refused');
  try {
    const saved = await generation.run(() => generateAndSaveImage(state, admission));
    // A cancel and the saved image may arrive in one task: nothing is charged yet, so the cancel wins. recordAvatar asks once more.
    if (generation.consideredCancelled) throw new CancelledFailure('The generation was cancelled');
    await recordAvatar(state, saved);
    return await closeWith('completed');
  } catch (error) {
    const finalStatus = await releaseAndDiscard(state, error);
    // The cancel may have arrived together with the capture: then the avatar is delivered and charged, and stays.
    if (finalStatus === 'completed' || (finalStatus === 'cancelled' && state.cancelledBy))
      return closeWith(finalStatus);
    throw await closeWith(closingError(error));
  }
}

function registerHandlers(state: GenerationState, generation: CancellationScope): void {
  setHandler(status, () => statusAnswer(state));
  setHandler(admitted, async () => {
    await condition(() => state.outcome !== undefined);
    return state.outcome!;
  });
  setHandler(cancel, (request) => {
    state.cancelledBy ??= request;
    generation.cancel();
  });
  setHandler(setPriority, async (priority) => {
    if (!isPriority(priority)) return;
    state.priority = priority;
    const { generationId } = state.input;
    // Best effort: a running activity can't be moved; the next candidate is queued with the new priority.
    await CancellationScope.nonCancellable(() =>
      localPriority.setPriority({ generationId, priority, activityId: state.queuedActivityId ?? null }),
    ).catch(() => undefined);
  });
}

/** Reserves the credits and checks the limits. After a timeout the generation is made final, so that a late commit can't admit it. */
async function admit(state: GenerationState): Promise<Admission | undefined> {
  enterStage(state, 'admitting');
  const { generationId } = state.input;
  try {
    const { outcome, admission } = await localAdmission.admit({ generationId });
    state.outcome = outcome;
    return admission ?? undefined;
  } catch {
    await localSettlement.release({ generationId, outcome: 'failed', failure: 'admission_unavailable' });
    state.outcome = { kind: 'settled', status: 'failed' };
    return undefined;
  }
}

/** The point of no return: capture, avatar and `completed` in one transaction. */
async function recordAvatar(state: GenerationState, saved: SavedImage): Promise<void> {
  enterStage(state, 'recording');
  const { kind } = await localSettlement.recordAvatar({ generationId: state.input.generationId, saved });
  if (kind === 'lost') throw interruptedFailure();
  if (kind === 'cancelled') {
    // The row has the cancel request; its signal may not have arrived yet.
    state.cancelledBy ??= { reason: 'cancelled', by: state.input.accountId };
    throw new CancelledFailure('The generation was cancelled');
  }
  enterStage(state, 'done');
}

/** Releases first: credits must not wait for a provider or the bucket. The reconciler discards what this can't. */
async function releaseAndDiscard(state: GenerationState, error: unknown): Promise<GenerationStatus> {
  const { generationId } = state.input;
  const { status: finalStatus } = await localSettlement.release(releaseInput(state, error));
  enterStage(state, 'done');
  await localPublish
    .abandon({ generationId })
    .catch(() => queuedPublish().abandon({ generationId }))
    .catch(() => undefined);
  return finalStatus;
}

function releaseInput(state: GenerationState, error: unknown): ReleaseInput {
  const { generationId } = state.input;
  if (isCancellation(error)) {
    return { generationId, outcome: 'cancelled', cancel: state.cancelledBy ?? { reason: 'cancelled', by: 'operator' } };
  }
  const { code } = reasonOf(error);
  state.failure = code;
  return { generationId, outcome: 'failed', failure: code };
}

/** Waits for the update handlers: a workflow must not close while a caller waits for its outcome. */
async function closeWith<Result>(result: Result): Promise<Result> {
  if (!allHandlersFinished()) await condition(allHandlersFinished);
  return result;
}
