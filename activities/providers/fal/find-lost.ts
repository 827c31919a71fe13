import { dataUri } from '../http/data-uri.ts';
import { type LostAttempt, type ProviderJob, ProviderFailure } from '../port.ts';
import type { FalApi } from './fal-api.ts';
import { falRequestOf, jobOf } from './fal-job.ts';
import type { HistoryItem } from './fal-messages.ts';

/** Our clock may differ from theirs; NTP keeps both within seconds. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** 1,000 requests of one model since the attempt. */
const MAX_PAGES = 10;

export interface FindDeps {
  readonly api: FalApi;
  /** By then an accepted request has ended and is listed. Only from then on does "not listed" mean "not bought". */
  readonly settlesMs: number;
  readonly pollEveryMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Finds the request of an attempt whose reply was lost: the one that a callback named; or one of the same model, seed, prompt and image,
 * not older than the attempt, and not owned by another attempt. The history lists only finished requests, so the search repeats until
 * the request must have finished.
 *
 * @returns undefined only when the service certainly has none
 * @throws ProviderFailure `transient`, accepted 'maybe', when there are too many requests to be sure
 */
export async function findLost(
  deps: FindDeps,
  attempt: LostAttempt,
  signal: AbortSignal,
): Promise<ProviderJob | undefined> {
  const settledMs = attempt.startedAt.getTime() + deps.settlesMs;
  for (;;) {
    const leftMs = settledMs - Date.now();
    const named = await namedByCallback(deps.api, attempt, signal);
    if (named !== undefined) return named;
    const found = await search(deps.api, attempt, signal);
    if (found !== undefined) return jobOf(attempt.request.model, found.request_id);
    if (leftMs <= 0) return undefined;
    await deps.sleep(Math.min(leftMs, deps.pollEveryMs), signal);
  }
}

/** The callback is signed for our account, but its address is not: the request must be another attempt's neither by id nor by its input. */
async function namedByCallback(
  api: FalApi,
  attempt: LostAttempt,
  signal: AbortSignal,
): Promise<ProviderJob | undefined> {
  const requestId = await attempt.calledBackJob();
  if (requestId === undefined) return undefined;
  const job = jobOf(attempt.request.model, requestId);
  if (await attempt.isClaimed(job.externalId)) return undefined;
  await api.status(falRequestOf(job), signal);
  const { items } = await listSince(api, attempt, signal);
  const listed = items.find((item) => item.request_id === requestId);
  return listed === undefined || matches(listed, attempt) ? job : undefined;
}

async function search(api: FalApi, attempt: LostAttempt, signal: AbortSignal): Promise<HistoryItem | undefined> {
  const { items, isWhole } = await listSince(api, attempt, signal);
  const candidates: HistoryItem[] = [];
  for (const item of items) if (await isOurs(item, attempt)) candidates.push(item);
  if (candidates.length > 0 || isWhole) return best(candidates);
  throw new ProviderFailure('transient', 'Too many recent requests to search', { accepted: 'maybe' });
}

/** The model's finished requests since the attempt, newest first. `isWhole`: there are no more. */
async function listSince(
  api: FalApi,
  { startedAt, request: { model } }: LostAttempt,
  signal: AbortSignal,
): Promise<{ items: HistoryItem[]; isWhole: boolean }> {
  const since = new Date(startedAt.getTime() - CLOCK_SKEW_MS);
  const items: HistoryItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items: more, has_more, next_cursor } = await api.history({ model, since, cursor }, signal);
    items.push(...more.filter(({ sent_at: at }) => Date.parse(at) >= since.getTime()));
    cursor = has_more ? (next_cursor ?? undefined) : undefined;
    if (cursor === undefined) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}

async function isOurs(item: HistoryItem, attempt: LostAttempt): Promise<boolean> {
  if (!matches(item, attempt)) return false;
  return !(await attempt.isClaimed(jobOf(attempt.request.model, item.request_id).externalId));
}

/** An image that the service returns as its own URL, or that was deleted since, can't be compared; then prompt and seed decide. */
function matches({ json_input: input }: HistoryItem, { request }: LostAttempt): boolean {
  if (input?.['seed'] !== request.seed || input['prompt'] !== request.prompt) return false;
  const image = input['image_url'];
  const isComparable = request.reference !== undefined && typeof image === 'string' && image.startsWith('data:');
  return !isComparable || image === dataUri(request.reference);
}

/** Prefers a request that succeeded, then the oldest, which most likely belongs to this attempt. */
function best(candidates: readonly HistoryItem[]): HistoryItem | undefined {
  const byAge = candidates.toSorted((a, b) => Date.parse(a.sent_at) - Date.parse(b.sent_at));
  return byAge.find(({ status_code: status }) => status === 200) ?? byAge[0];
}
