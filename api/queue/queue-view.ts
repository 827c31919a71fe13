import type { QueuePosition } from '#contract/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  readQueue,
  readQueueAndLoad,
  readQueueLoad,
  type WaitingGeneration,
  type QueueLoad,
} from '#drizzle/queries/generations/queue.ts';
import { etaSeconds, pacePerMinute } from './pace.ts';
import { createSharedRead } from './shared-read.ts';

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
  const positions = createSharedRead(async () => indexed(await readQueue(database)));
  const load = createSharedRead(async () => withPace(await readQueueLoad(database, PACE_WINDOW_MS)));

  /** Both, in one statement when both are too old. */
  function latest(positionsAgeMs: number) {
    if (positions.isFresh(positionsAgeMs) || load.isFresh(CACHED_MS)) {
      return Promise.all([positions.read(positionsAgeMs), load.read(CACHED_MS)]);
    }
    const both = readQueueAndLoad(database, PACE_WINDOW_MS);
    return Promise.all([
      positions.share(both.then(({ queue }) => indexed(queue))),
      load.share(both.then((read) => withPace(read.load))),
    ]);
  }

  return {
    async positionsOf(generationIds) {
      if (generationIds.length === 0) return new Map();
      const cached = await latest(CACHED_MS);
      // The queue is read again for generations that have joined it since.
      const isComplete = generationIds.every((id) => cached[0].byGeneration.has(id));
      const [{ byGeneration }, { perMinute }] = isComplete ? cached : await latest(REREAD_MS);
      return new Map(
        generationIds.flatMap((id) => {
          const waiting = byGeneration.get(id);
          return waiting ? [[id, positionAt(waiting.position, perMinute)] as const] : [];
        }),
      );
    },
    async positionsOfAccounts(accountIds) {
      const [{ byAccount }, { perMinute }] = await latest(UNCACHED_MS);
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
    load: () => load.read(CACHED_MS),
  };
}

function withPace(load: QueueLoad): Load {
  const drainPerMinute = load.finished / (PACE_WINDOW_MS / 60_000);
  return { ...load, drainPerMinute, perMinute: pacePerMinute({ ...load, drainPerMinute }) };
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
