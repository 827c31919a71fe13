import { isCancellation, patched } from '@temporalio/workflow';
import type { Admission, GenerateImageInput, SavedImage, StagedImage } from '#activities/activity-types.ts';
import { needsProvider } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { modelLabel, type ProviderName } from '#domain/provider/provider.ts';
import { localPublish, queuedGenerate, queuedPublish } from './activity-proxies.ts';
import { deadlineFailure, isFinalFailure, noProviderFailure, reasonOf } from './failure-reason.ts';
import { enterStage, type GenerationState } from './state.ts';

/**
 * Tries the candidates of the provider plan in order until an image is generated and saved, within the tier's deadline. The image of
 * an upload is staged already and only saved.
 *
 * @throws the last provider's failure; an ApplicationFailure of type `deadline`; a cancellation
 */
export async function generateAndSaveImage(state: GenerationState, admission: Admission): Promise<SavedImage> {
  const deadlineMs = Date.now() + admission.deadlineMs;
  if (!needsProvider(state.input.sourceType)) return saveImage(state, admission.staged!, deadlineMs);
  let lastFailure: unknown = noProviderFailure();
  const unavailable = new Set<ProviderName>();
  for (const [ordinal, candidate] of admission.plan.entries()) {
    if (unavailable.has(candidate.provider)) continue;
    const attempt = { ...candidate, failure: null as string | null };
    state.attempts.push(attempt);
    try {
      const hasFallback = admission.plan
        .slice(ordinal + 1)
        .some(({ provider }) => provider !== candidate.provider && !unavailable.has(provider));
      const input = { generationId: state.input.generationId, ordinal, ...candidate, hasFallback };
      const staged = await generateImage(state, input, deadlineMs, admission.heartbeatTimeoutMs);
      return await saveImage(state, staged, deadlineMs);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const reason = reasonOf(error);
      attempt.failure = reason.detail;
      if (!reason.fallback) throw error;
      if (reason.wholeProvider) unavailable.add(candidate.provider);
      lastFailure = error;
    }
  }
  throw lastFailure;
}

async function generateImage(
  state: GenerationState,
  input: GenerateImageInput,
  deadlineMs: number,
  heartbeatTimeoutMs: number,
): Promise<StagedImage> {
  const activityId = `generate-${input.ordinal + 1}`;
  const activities = queuedGenerate({
    activityId,
    accountId: state.input.accountId,
    priority: state.priority,
    remainingMs: remainingMs(deadlineMs),
    heartbeatTimeoutMs,
    summary: activitySummary(input),
  });
  enterStage(state, 'queued');
  state.queuedActivityId = activityId;
  try {
    return await activities.generateImage(input);
  } finally {
    state.queuedActivityId = undefined;
  }
}

/** Histories from before the patch continue on the publish queue, which fails in the same way. */
const FINAL_FAILURE_IS_NOT_REPEATED = 'final-save-failure-is-not-repeated';

/**
 * Tries once as a local activity; if the bucket is unavailable, continues on the publish task queue until the deadline. A failure that
 * a retry can't change, such as a rejected image, is not repeated there.
 */
async function saveImage(state: GenerationState, staged: StagedImage, deadlineMs: number): Promise<SavedImage> {
  enterStage(state, 'saving');
  const input = { generationId: state.input.generationId, staged };
  try {
    return await localPublish.saveImage(input);
  } catch (error) {
    if (isCancellation(error) || reasonOf(error).code === 'corrupt_image') throw error;
    if (isFinalFailure(error) && patched(FINAL_FAILURE_IS_NOT_REPEATED)) throw error;
    return await queuedPublish(remainingMs(deadlineMs)).saveImage(input);
  }
}

/** @throws ApplicationFailure of type `deadline` when no time is left */
function remainingMs(deadlineMs: number): number {
  const remaining = deadlineMs - Date.now();
  if (remaining <= 0) throw deadlineFailure();
  return remaining;
}

/** Shown next to the activity in the Temporal UI. */
function activitySummary({ provider, model }: PlannedModel): string {
  const label = modelLabel(provider, model);
  return label.toLowerCase() === provider ? label : `${label} on ${provider}`;
}
