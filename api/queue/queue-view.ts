import type { QueuePosition } from '#contract/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  readQueue,
  readGenerationTime,
  readQueueLoad,
  type WaitingGeneration,
  type QueueLoad,
} from '#drizzle/queries/generations/queue.ts';
import { etaSeconds, pacePerMinute } from './pace.ts';

/** All positions come from one query, whose result is no older than this. */
const CACHED_MS = 1_000;
/** For a generation that has just joined the queue, the result may be this old. */
const REREAD_MS = 100;
/** The last position in an event stream stays on the page, so it must not be older than the last change. */
const UNCACHED_MS = 0;
/** How far back the pace is measured: long enough to be steady, short enough to notice a new worker. */
const PACE_WINDOW_MS = 5 * 60_000;

interface Load extends QueueLoad {
  /** Recently finished generations per minute. */
  readonly drainPerMinute: number;
  /** Generations per minute while the queue is not empty; 0 while nothing has been measured. */
  readonly perMinute: number;
}

/** Queue positions and load, cached for a second. */
export interface QueueView {
  /** Positions of those of the generations that wait. */
  positionsOf(generationIds: readonly string[]): Promise<Map<string, QueuePosition>>;
  /** Positions of all waiting generations of the accounts. Not cached: the caller reads them once a second at most. */
  positionsOfAccounts(
    accountIds: readonly string[],
  ): Promise<Map<string, { generationId: string; queue: QueuePosition }[]>>;
  load(): Promise<Load>;
}

export function createQueueView(database: Database): QueueView {
  const readPositions = cached(async () => indexed(await readQueue(database)));
  const load = cached(async (): Promise<Load> => {
    const [now, generationMs] = await Promise.all([
      readQueueLoad(database, PACE_WINDOW_MS),
      readGenerationTime(database, PACE_WINDOW_MS),
    ]);
    const drainPerMinute = now.finished / (PACE_WINDOW_MS / 60_000);
    return { ...now, drainPerMinute, perMinute: pacePerMinute({ ...now, drainPerMinute, generationMs }) };
  });

  return {
    async positionsOf(generationIds) {
      if (generationIds.length === 0) return new Map();
      const { perMinute } = await load(CACHED_MS);
      const latest = await readPositions(CACHED_MS);
      // The queue is read again for generations that have joined it since.
      const isComplete = generationIds.every((id) => latest.byGeneration.has(id));
      const { byGeneration } = isComplete ? latest : await readPositions(REREAD_MS);
      return new Map(
        generationIds.flatMap((id) => {
          const waiting = byGeneration.get(id);
          return waiting ? [[id, positionAt(waiting.position, perMinute)] as const] : [];
        }),
      );
    },
    async positionsOfAccounts(accountIds) {
      const [{ byAccount }, { perMinute }] = await Promise.all([readPositions(UNCACHED_MS), load(CACHED_MS)]);
      return new Map(
        accountIds.map((accountId) => [
          accountId,
          (byAccount.get(accountId) ?? []).map(({ generationId, position }) => ({
            generationId,
            queue: positionAt(position, perMinute),
          })),
        ]),
      );
    },
    load: () => load(CACHED_MS),
  };
}

function indexed(waiting: readonly WaitingGeneration[]) {
  return {
    byGeneration: new Map(waiting.map((generation) => [generation.generationId, generation])),
    byAccount: Map.groupBy(waiting, ({ accountId }) => accountId),
  };
}

function positionAt(position: number, perMinute: number): QueuePosition {
  return { position, etaSeconds: etaSeconds(position, perMinute) };
}

/** Shares one read among all callers that accept its age; a failed read is not cached. */
function cached<Value>(read: () => Promise<Value>): (maxAgeMs: number) => Promise<Value> {
  let latest: { at: number; value: Promise<Value> } | undefined;
  return (maxAgeMs) => {
    if (latest !== undefined && performance.now() - latest.at < maxAgeMs) return latest.value;
    const entry = { at: performance.now(), value: read() };
    latest = entry;
    entry.value.catch(() => {
      if (latest === entry) latest = undefined;
    });
    return entry.value;
  };
}
