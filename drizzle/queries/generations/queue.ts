import type { PriorityKey } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Waiting generations beyond this number get no exact position, so that the query stays cheap. */
const QUEUE_MAX = 20_000;

export interface WaitingGeneration {
  readonly generationId: string;
  readonly accountId: string;
  readonly priority: PriorityKey;
  /** 1 is next. */
  readonly position: number;
}

/**
 * The queue in the order in which Temporal will most likely serve it: by priority, then each account in turn. One pass over the
 * partial index of waiting rows; callers should cache it for a second.
 */
export async function readQueue(database: Database): Promise<WaitingGeneration[]> {
  return database.call<{ generationId: string; accountId: string; priority: PriorityKey; position: number }>(
    'queue.read',
    `SELECT id AS "generationId", account_id AS "accountId", priority,
       (row_number() OVER (ORDER BY priority, turn, pending_at, id))::int AS position
     FROM (
       SELECT id, account_id, priority, pending_at,
         row_number() OVER (PARTITION BY priority, account_id ORDER BY pending_at, id) AS turn
       FROM avatar_generations WHERE status = 'pending' AND source_type <> 'upload'
       ORDER BY priority, account_id, pending_at, id LIMIT ${QUEUE_MAX}) AS waiting
     ORDER BY position`,
    [],
  );
}

export interface QueueLoad {
  /** Number of waiting generations by priority, without empty priorities. */
  readonly waiting: readonly { readonly priority: PriorityKey; readonly count: number }[];
  readonly running: number;
  /** Generations that ended within the window. */
  readonly finished: number;
}

/** The load of the queue. @param windowMs how far back `finished` counts */
export async function readQueueLoad(database: Database, windowMs: number): Promise<QueueLoad> {
  const waiting = await database.call<{ priority: PriorityKey; count: number }>(
    'queue.waiting',
    `SELECT priority, count(*)::int AS count FROM avatar_generations
     WHERE status = 'pending' AND source_type <> 'upload' GROUP BY priority ORDER BY priority`,
    [],
  );
  const [counts] = await database.call<{ running: number; finished: number }>(
    'queue.counts',
    `SELECT
       (SELECT count(*)::int FROM avatar_generations
         WHERE status IN ('requested', 'pending', 'processing') AND status = 'processing') AS running,
       (SELECT count(*)::int FROM avatar_generations
         WHERE finished_at IS NOT NULL AND finished_at > now() - $1 * interval '1 millisecond' AND status IN ('completed', 'failed')) AS finished`,
    [windowMs],
  );
  return { waiting, running: counts?.running ?? 0, finished: counts?.finished ?? 0 };
}

/** How long the oldest waiting generation of each priority has waited, seconds; without empty priorities. */
export async function readOldestWaiting(database: Database): Promise<{ priority: PriorityKey; seconds: number }[]> {
  return database.call<{ priority: PriorityKey; seconds: number }>(
    'queue.oldest',
    `SELECT priority, extract(epoch FROM now() - min(pending_at))::float8 AS seconds FROM avatar_generations
     WHERE status = 'pending' AND source_type <> 'upload' GROUP BY priority`,
    [],
  );
}

/** Average time from the start of processing to completion within the window, ms. @returns null if nothing was completed */
export async function readGenerationTime(database: Database, windowMs: number): Promise<number | null> {
  const [row] = await database.call<{ averageMs: number | null }>(
    'queue.generationTime',
    `SELECT avg(extract(epoch FROM finished_at - processing_at) * 1000)::float8 AS "averageMs" FROM avatar_generations
     WHERE finished_at IS NOT NULL AND finished_at > now() - $1 * interval '1 millisecond'
       AND status = 'completed' AND processing_at IS NOT NULL`,
    [windowMs],
  );
  return row?.averageMs ?? null;
}
