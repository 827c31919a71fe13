import { dataUri } from '../http/data-uri.ts';
import { type LostAttempt, type ProviderJob, ProviderFailure } from '../port.ts';
import type { FalApi } from './fal-api.ts';
import { jobOf } from './fal-job.ts';
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
 * Finds the request of an attempt whose reply was lost: same model, seed, prompt and image, not older than the attempt, and not owned by
 * another attempt. The history lists only finished requests, so the search repeats until the request must have finished.
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
    const found = await search(deps.api, attempt, signal);
    if (found !== undefined) return jobOf(attempt.request.model, found.request_id);
    if (leftMs <= 0) return undefined;
    await deps.sleep(Math.min(leftMs, deps.pollEveryMs), signal);
  }
}

async function search(api: FalApi, attempt: LostAttempt, signal: AbortSignal): Promise<HistoryItem | undefined> {
  const since = new Date(attempt.startedAt.getTime() - CLOCK_SKEW_MS);
  const candidates: HistoryItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, has_more, next_cursor } = await api.history({ model: attempt.request.model, since, cursor }, signal);
    for (const item of items) if (await isOurs(item, attempt, since)) candidates.push(item);
    cursor = has_more ? (next_cursor ?? undefined) : undefined;
    if (cursor === undefined) return best(candidates);
  }
  if (candidates.length > 0) return best(candidates);
  throw new ProviderFailure('transient', 'Too many recent requests to search', { accepted: 'maybe' });
}

async function isOurs(item: HistoryItem, attempt: LostAttempt, since: Date): Promise<boolean> {
  if (Date.parse(item.sent_at) < since.getTime() || !matches(item, attempt)) return false;
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
