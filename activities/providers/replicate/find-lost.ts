import { dataUri } from '../http/data-uri.ts';
import { attemptOfAddress } from '#domain/provider/callback-address.ts';
import { type LostAttempt, type ProviderJob, ProviderFailure } from '../port.ts';
import type { Prediction } from './prediction.ts';
import type { ReplicateApi } from './replicate-api.ts';

/** Our clock may differ from theirs; NTP keeps both within seconds. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** 1,000 predictions: more than our rate creates within the clock skew and a prompt search. */
const MAX_PAGES = 10;
/** An accepted prediction is listed within this: for an older attempt one search is certain. */
const LISTED_WITHIN_MS = 30_000;
const STOPPED: ReadonlySet<string> = new Set(['canceled', 'aborted']);

export interface FindDeps {
  readonly api: ReplicateApi;
  /** The pause before each search, milliseconds: a prediction that was just accepted may not be listed yet. */
  readonly pollsAfterMs: readonly number[];
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Finds the prediction of an attempt whose reply was lost: the one that a callback named, or whose callback address names the attempt.
 * Without such an address, one of the same model, seed and prompt that is not older than the attempt and not owned by another one; the
 * service keeps inputs for an hour.
 *
 * @returns undefined only when the service certainly has none
 * @throws ProviderFailure `transient`, accepted 'maybe', when there are too many predictions to be sure
 */
export async function findLost(
  deps: FindDeps,
  attempt: LostAttempt,
  signal: AbortSignal,
): Promise<ProviderJob | undefined> {
  for (const pauseMs of deps.pollsAfterMs) {
    await deps.sleep(pauseMs, signal);
    const found = (await namedByCallback(deps.api, attempt, signal)) ?? (await search(deps.api, attempt, signal));
    if (found !== undefined) return { externalId: found.id };
    if (Date.now() - attempt.startedAt.getTime() > LISTED_WITHIN_MS) break;
  }
  return undefined;
}

/** The callback's signature covers its body, not its address: the prediction itself tells which attempt it was created for. */
async function namedByCallback(
  api: ReplicateApi,
  attempt: LostAttempt,
  signal: AbortSignal,
): Promise<Prediction | undefined> {
  const id = await attempt.calledBackJob();
  if (id === undefined || (await attempt.isClaimed(id))) return undefined;
  const prediction = await api.get(id, signal);
  const { attemptId, model } = attempt.request;
  const owner = attemptOfAddress(prediction.webhook) ?? attemptId;
  return prediction.model === model && owner === attemptId ? prediction : undefined;
}

async function search(api: ReplicateApi, attempt: LostAttempt, signal: AbortSignal): Promise<Prediction | undefined> {
  const createdAfter = new Date(attempt.startedAt.getTime() - CLOCK_SKEW_MS);
  const candidates: Prediction[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { results, next } = await api.list({ createdAfter, cursor }, signal);
    for (const prediction of results) {
      const fresh = Date.parse(prediction.created_at) >= createdAfter.getTime();
      if (fresh && matches(prediction, attempt) && !(await attempt.isClaimed(prediction.id)))
        candidates.push(prediction);
    }
    cursor = next == null ? undefined : cursorOf(next);
    const beyond = results.some(({ created_at: at }) => Date.parse(at) < createdAfter.getTime());
    if (cursor === undefined || beyond) return best(candidates);
  }
  if (candidates.length > 0) return best(candidates);
  throw new ProviderFailure('transient', 'Too many recent predictions to search', { accepted: 'maybe' });
}

/**
 * By the attempt in the callback address, which is exact. Without one, compares the prompt, or the image for models without a prompt:
 * with a locked seed nothing else differs. An image that the service returns as its own URL, or that was deleted since, can't be
 * compared, so it counts as another one.
 */
function matches({ model, input, webhook }: Prediction, { request }: LostAttempt): boolean {
  const owner = attemptOfAddress(webhook);
  if (owner !== undefined) return owner === request.attemptId;
  if (model !== request.model || input['seed'] !== request.seed) return false;
  if ('prompt' in input) return input['prompt'] === request.prompt;
  return request.reference !== undefined && input['redux_image'] === dataUri(request.reference);
}

/** Prefers a prediction that was not cancelled, then the oldest, which most likely belongs to this attempt. */
function best(candidates: readonly Prediction[]): Prediction | undefined {
  const byAge = candidates.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  return byAge.find(({ status }) => !STOPPED.has(status)) ?? byAge[0];
}

/** Only the cursor of `next` is used: the URL itself could point anywhere, and would receive our token. */
function cursorOf(next: string): string | undefined {
  return URL.parse(next)?.searchParams.get('cursor') ?? undefined;
}
