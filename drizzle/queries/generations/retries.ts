import type { Database } from '#drizzle/connection/database.ts';
import { type Generation, generationReturned } from './generation-row.ts';

/**
 * A generation is retried by one successor, and that by its own: a chain, of which only the last member may be unfinished or
 * completed.
 * @returns the last member of the chain from this generation, which may be the generation itself or a request not yet answered;
 * undefined if there is no such generation
 */
export async function readLastRetry(database: Database, generationId: string): Promise<Generation | undefined> {
  const [row] = await database.call(
    'retries.last',
    `WITH RECURSIVE chain AS (
       SELECT id, 0 AS depth FROM avatar_generations WHERE id = $1
       UNION ALL
       SELECT g.id, chain.depth + 1 FROM chain JOIN avatar_generations g ON g.retry_of = chain.id)
     SELECT g.* FROM avatar_generations g WHERE g.id = (SELECT id FROM chain ORDER BY depth DESC LIMIT 1)`,
    [generationId],
  );
  return row && generationReturned(row);
}

/** Of a retry, as its predecessor shows it: one that was refused does not count, since the retry may be repeated. */
export const VISIBLE_SUCCESSOR = `(status <> 'requested' OR (accepted_at IS NOT NULL AND refusal IS NULL))`;

/**
 * The visible successors of these generations.
 * @returns successor by predecessor
 */
export async function readSuccessors(
  database: Database,
  generationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (generationIds.length === 0) return new Map();
  const rows = await database.call<{ id: string; retryOf: string }>(
    'retries.successors',
    `SELECT id, retry_of AS "retryOf" FROM avatar_generations
     WHERE retry_of = ANY ($1::uuid[]) AND ${VISIBLE_SUCCESSOR}`,
    [generationIds],
  );
  return new Map(rows.map(({ id, retryOf }) => [retryOf, id]));
}

/** A retry that was answered with a successor that existed already. */
export interface JoinedRetry {
  /** Derived from the Idempotency-Key, as the id of a generation is. */
  readonly id: string;
  readonly accountId: string;
  /** The successor. */
  readonly generationId: string;
  /** SHA-256, hexadecimal. */
  readonly requestHash: string;
}

/** Binds an Idempotency-Key to the successor. Once: the first answer counts. */
export async function bindRetryKey(database: Database, retry: JoinedRetry): Promise<void> {
  await database.call(
    'retries.bindKey',
    `INSERT INTO retry_keys (id, account_id, generation_id, request_hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [retry.id, retry.accountId, retry.generationId, retry.requestHash],
  );
}

/** @returns the successor that the key is bound to, with the hash of the retry's request; undefined for another key */
export async function readRetryByKey(
  database: Database,
  id: string,
): Promise<{ readonly generation: Generation; readonly requestHash: string } | undefined> {
  const [row] = await database.call<{ key_hash: string }>(
    'retries.byKey',
    `SELECT g.*, k.request_hash AS key_hash FROM retry_keys k JOIN avatar_generations g ON g.id = k.generation_id WHERE k.id = $1`,
    [id],
  );
  return row && { generation: generationReturned(row), requestHash: row.key_hash };
}
