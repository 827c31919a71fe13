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

/** Everybody's places come from one query, which is no older than this. */
const CACHED_MS = 1_000;
/** Somebody who has just joined is looked for in a line that may be this old. */
const REREAD_MS = 100;
/** A place told last stays on the page: it must not be from before the last movement. */
const ANEW_MS = 0;
/** How far back the pace is measured: long enough to be steady, short enough to notice a new worker. */
const PACE_WINDOW_MS = 5 * 60_000;

interface Load extends QueueLoad {
  /** Finished lately, a minute. */
  readonly drainPerMinute: number;
  /** Generations a minute while there is work; 0 while nothing is known. */
  readonly perMinute: number;
}

/** The queue as everybody sees it, cached for a second. */
export interface QueueView {
  /** Places of these generations, as far as they wait. */
  positionsOf(generationIds: readonly string[]): Promise<Map<string, QueuePosition>>;
  /** Places of everything that these accounts have waiting, read anew: who asks does so once a second at most. */
  positionsOfAccounts(
    accountIds: readonly string[],
  ): Promise<Map<string, { generationId: string; queue: QueuePosition }[]>>;
  load(): Promise<Load>;
}

export function createQueueView(database: Database): QueueView {
  const queueView = cached(async () => indexed(await readQueue(database)));
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
      const known = await queueView(CACHED_MS);
      // What has joined the queue since it was read is looked for once more.
      const complete = generationIds.every((id) => known.byGeneration.has(id));
      const { byGeneration } = complete ? known : await queueView(REREAD_MS);
      return new Map(
        generationIds.flatMap((id) => {
          const found = byGeneration.get(id);
          return found ? [[id, positionAt(found.position, perMinute)] as const] : [];
        }),
      );
    },
    async positionsOfAccounts(accountIds) {
      const [{ byAccount }, { perMinute }] = await Promise.all([queueView(ANEW_MS), load(CACHED_MS)]);
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

function indexed(queueView: readonly WaitingGeneration[]) {
  return {
    byGeneration: new Map(queueView.map((queue) => [queue.generationId, queue])),
    byAccount: Map.groupBy(queueView, ({ accountId }) => accountId),
  };
}

function positionAt(position: number, perMinute: number): QueuePosition {
  return { position, etaSeconds: etaSeconds(position, perMinute) };
}

/** One read at a time, shared by everybody whom its age suits; a failed one is not kept. */
function cached<Value>(read: () => Promise<Value>): (maxAgeMs: number) => Promise<Value> {
  let known: { at: number; value: Promise<Value> } | undefined;
  return (maxAgeMs) => {
    if (known !== undefined && performance.now() - known.at < maxAgeMs) return known.value;
    const entry = { at: performance.now(), value: read() };
    known = entry;
    entry.value.catch(() => {
      if (known === entry) known = undefined;
    });
    return entry.value;
  };
}
