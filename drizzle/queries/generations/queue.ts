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

export interface QueueLoad {
  /** Number of waiting generations by priority, without empty priorities. */
  readonly waiting: readonly { readonly priority: PriorityKey; readonly count: number }[];
  readonly running: number;
  /** Generations that ended within the window. */
  readonly finished: number;
  /** Average time from the start of processing to completion within the window, ms; null if nothing was completed. */
  readonly generationMs: number | null;
}

const WAITING = `status = 'pending' AND source_type <> 'upload'`;

const QUEUE = `SELECT id AS "generationId", account_id AS "accountId", priority,
       (row_number() OVER (ORDER BY priority, turn, pending_at, id))::int AS position
     FROM (
       SELECT id, account_id, priority, pending_at,
         row_number() OVER (PARTITION BY priority, account_id ORDER BY pending_at, id) AS turn
       FROM avatar_generations WHERE ${WAITING}
       ORDER BY priority, account_id, pending_at, id LIMIT ${QUEUE_MAX}) AS waiting`;

/** Unfinished and finished ones are read by their partial indexes. */
const LOAD = `SELECT
       (SELECT coalesce(jsonb_agg(p), '[]') FROM (
         SELECT priority, count(*)::int AS count FROM avatar_generations WHERE ${WAITING} GROUP BY priority ORDER BY priority) AS p) AS waiting,
       (SELECT count(*)::int FROM avatar_generations
         WHERE status IN ('requested', 'pending', 'processing') AND status = 'processing') AS running,
       count(*)::int AS finished,
       avg(extract(epoch FROM finished_at - processing_at) * 1000) FILTER (WHERE status = 'completed')::float8 AS "generationMs"
     FROM avatar_generations
     WHERE finished_at IS NOT NULL AND finished_at > now() - $1 * interval '1 millisecond' AND status IN ('completed', 'failed')`;

/**
 * The queue in the order in which Temporal will most likely serve it: by priority, then each account in turn. One pass over the
 * partial index of waiting rows; callers should cache it for a second.
 */
export async function readQueue(database: Database): Promise<WaitingGeneration[]> {
  return database.call<WaitingGeneration>('queue.read', `${QUEUE} ORDER BY position`, []);
}

/** The load of the queue. @param windowMs how far back `finished` and `generationMs` look */
export async function readQueueLoad(database: Database, windowMs: number): Promise<QueueLoad> {
  const [load] = await database.call<QueueLoad>('queue.load', LOAD, [windowMs]);
  if (!load) throw new Error('The database returned no load of the queue');
  return load;
}

/** Both in one statement. @param windowMs as for {@link readQueueLoad} */
export async function readQueueAndLoad(
  database: Database,
  windowMs: number,
): Promise<{ readonly queue: WaitingGeneration[]; readonly load: QueueLoad }> {
  const [first, ...waiting] = await database.call<WaitingGeneration & { load: QueueLoad | null }>(
    'queue.readWithLoad',
    `SELECT NULL AS "generationId", NULL AS "accountId", NULL AS priority, 0 AS position, to_jsonb(l) AS load FROM (${LOAD}) AS l
     UNION ALL SELECT q.*, NULL FROM (${QUEUE}) AS q ORDER BY position`,
    [windowMs],
  );
  if (!first?.load) throw new Error('The database returned no load of the queue');
  return { queue: waiting.map(({ load: _load, ...generation }) => generation), load: first.load };
}

/** How long the oldest waiting generation of each priority has waited, seconds; without empty priorities. */
export async function readOldestWaiting(database: Database): Promise<{ priority: PriorityKey; seconds: number }[]> {
  return database.call<{ priority: PriorityKey; seconds: number }>(
    'queue.oldest',
    `SELECT priority, extract(epoch FROM now() - min(pending_at))::float8 AS seconds FROM avatar_generations
     WHERE ${WAITING} GROUP BY priority`,
    [],
  );
}
