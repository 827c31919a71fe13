import { isCancellation } from '@temporalio/workflow';
import type { Admission, SavedImage, StagedImage } from '#activities/activity-types.ts';
import { needsProvider } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { modelOf, type ProviderName } from '#domain/provider/provider.ts';
import { noProvider, outOfTime, reasonOf } from './failure-reason.ts';
import { enter, type GenerationState } from './state.ts';
import { localPublish, queuedPublish, queuedGenerate } from './activity-proxies.ts';

/**
 * An image, saved: the providers of the plan in order until one delivers, within the tier's deadline. An upload brings
 * its image along.
 *
 * @throws the last provider's failure; an ApplicationFailure of type `deadline`; a cancellation
 */
export async function obtainImage(state: GenerationState, admission: Admission): Promise<SavedImage> {
  const deadlineMs = Date.now() + admission.deadlineMs;
  if (!needsProvider(state.input.sourceType)) return save(state, admission.staged!, deadlineMs);
  let last: unknown = noProvider();
  const down = new Set<ProviderName>();
  for (const [ordinal, candidate] of admission.plan.entries()) {
    if (down.has(candidate.provider)) continue;
    const attempt = { ...candidate, failure: null as string | null };
    state.attempts.push(attempt);
    try {
      const staged = await paint(state, candidate, ordinal, deadlineMs, admission.heartbeatTimeoutMs);
      return await save(state, staged, deadlineMs);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const reason = reasonOf(error);
      attempt.failure = reason.detail;
      if (!reason.fallback) throw error;
      if (reason.wholeProvider) down.add(candidate.provider);
      last = error;
    }
  }
  throw last;
}

async function paint(
  state: GenerationState,
  candidate: PlannedModel,
  ordinal: number,
  deadlineMs: number,
  heartbeatTimeoutMs: number,
): Promise<StagedImage> {
  const { generationId, accountId } = state.input;
  const activityId = `generate-${ordinal + 1}`;
  const { generateImage } = queuedGenerate({
    activityId,
    accountId,
    priority: state.priority,
    remainingMs: remaining(deadlineMs),
    heartbeatTimeoutMs,
    summary: summaryOf(candidate),
  });
  enter(state, 'queued');
  state.waitingActivityId = activityId;
  try {
    return await generateImage({ generationId, ordinal, ...candidate });
  } finally {
    state.waitingActivityId = undefined;
  }
}

/** One short try beside the workflow; where the bucket is away, the same on the publish queue until the deadline. */
async function save(state: GenerationState, staged: StagedImage, deadlineMs: number): Promise<SavedImage> {
  enter(state, 'saving');
  const order = { generationId: state.input.generationId, staged };
  try {
    return await localPublish.saveImage(order);
  } catch (error) {
    if (isCancellation(error) || reasonOf(error).code === 'corrupt_image') throw error;
    return await queuedPublish(remaining(deadlineMs)).saveImage(order);
  }
}

function remaining(deadlineMs: number): number {
  const leftMs = deadlineMs - Date.now();
  if (leftMs <= 0) throw outOfTime();
  return leftMs;
}

/** What operators read beside the activity. */
function summaryOf({ provider, model }: PlannedModel): string {
  const label = modelOf(provider, model)?.label ?? model;
  return label.toLowerCase() === provider ? label : `${label} on ${provider}`;
}
