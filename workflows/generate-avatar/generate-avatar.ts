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
import { closingError, interrupted, reasonOf } from './failure-reason.ts';
import { admitted, cancel, setPriority, status, type GenerationInput } from './messages.ts';
import { answer, enter, newState, type GenerationState } from './state.ts';
import { admission, localPublish, queuedPublish, localReprioritize, localSettlement } from './activity-proxies.ts';
import { obtainImage } from './obtain-image.ts';

/**
 * The story of one avatar: admit, paint, save, record; and on any failure, cancel or deadline give the credits back and
 * leave nothing behind. Closes as Completed with how it ended, as Failed with the failure's code as its type, or as
 * Cancelled where Temporal's own cancel was used; so operators can filter. A refusal is a Completed workflow that did
 * nothing.
 */
export async function generateAvatar(input: GenerationInput): Promise<string> {
  const state = newState(input);
  const generation = new CancellationScope();
  listen(state, generation);

  const admittedWith = await CancellationScope.nonCancellable(() => admit(state));
  if (!admittedWith) return close(state.outcome?.kind ?? 'settled');
  try {
    const saved = await generation.run(() => obtainImage(state, admittedWith));
    await CancellationScope.nonCancellable(() => record(state, saved));
    return await close('completed');
  } catch (error) {
    const ended = await CancellationScope.nonCancellable(() => undo(state, error));
    // The cancel may have come together with the capture: then the avatar is delivered and charged, and stays.
    if (ended === 'completed' || (ended === 'cancelled' && state.cancelledBy)) return close(ended);
    throw await close(closingError(error));
  }
}

function listen(state: GenerationState, generation: CancellationScope): void {
  setHandler(status, () => answer(state));
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
    // Best effort: what is being painted can't be moved any more, and a later provider is asked with the new priority.
    await CancellationScope.nonCancellable(() =>
      localReprioritize.reprioritize({ generationId, priority, activityId: state.waitingActivityId ?? null }),
    ).catch(() => undefined);
  });
}

/** Holds the credits and counts the limits. Giving up makes the generation final: a late commit finds it closed. */
async function admit(state: GenerationState): Promise<Admission | undefined> {
  enter(state, 'admitting');
  const { generationId } = state.input;
  try {
    const outcome = await admission.admit({ generationId });
    state.outcome = outcome.outcome;
    return outcome.admission ?? undefined;
  } catch {
    await localSettlement.release({ generationId, outcome: 'failed', failure: 'admission_unavailable' });
    state.outcome = { kind: 'settled', status: 'failed' };
    return undefined;
  }
}

/** Avatar, capture and `completed` in one transaction: the point of no return. */
async function record(state: GenerationState, saved: SavedImage): Promise<void> {
  enter(state, 'recording');
  const { kind } = await localSettlement.recordAvatar({ generationId: state.input.generationId, saved });
  if (kind === 'lost') throw interrupted();
  if (kind === 'cancelled') {
    // The row said so; the signal may still be on its way.
    state.cancelledBy ??= { reason: 'cancelled', by: state.input.accountId };
    throw new CancelledFailure('The generation was cancelled');
  }
  enter(state, 'done');
}

/** Release first: the person's credits don't wait for a provider or a bucket. What it can't clean the reconciler does. */
async function undo(state: GenerationState, error: unknown): Promise<GenerationStatus> {
  const { generationId } = state.input;
  const { status: ended } = await localSettlement.release(ending(state, error));
  enter(state, 'done');
  await localPublish
    .abandon({ generationId })
    .catch(() => queuedPublish().abandon({ generationId }))
    .catch(() => undefined);
  return ended;
}

function ending(state: GenerationState, error: unknown): ReleaseInput {
  const { generationId } = state.input;
  if (isCancellation(error)) {
    return { generationId, outcome: 'cancelled', cancel: state.cancelledBy ?? { reason: 'cancelled', by: 'operator' } };
  }
  const { code } = reasonOf(error);
  state.failure = code;
  return { generationId, outcome: 'failed', failure: code };
}

/** A workflow must not close under a caller that still waits for its outcome. */
async function close<Result>(result: Result): Promise<Result> {
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return result;
}
