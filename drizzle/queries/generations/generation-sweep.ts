import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, sql } from '../../orm.ts';
import { FIRST_PRIORITY, type Tier } from '#domain/generation/tier.ts';
import { UNFINISHED_STATUSES } from '#domain/generation/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { newerThan } from '../keyset.ts';
import type { Cursor } from '../page.ts';
import { type Generation, toGeneration } from './generation-row.ts';

export interface Sweep {
  /** Only rows that have not changed for this long, ms. */
  readonly olderThanMs: number;
  readonly limit: number;
  /** Only rows after this one. */
  readonly after?: Cursor | undefined;
}

/** Generations with a hold that have not changed, so that their workflow may be lost. Oldest first. */
export async function listStale(database: Database, sweep: Sweep): Promise<Generation[]> {
  return sweepRows(database, sweep, inArray(generations.status, [...UNFINISHED_STATUSES]));
}

/** Generations to start: accepted, neither admitted nor refused, and not of a batch. Oldest first. */
export async function listUnstarted(database: Database, sweep: Sweep): Promise<Generation[]> {
  return sweepRows(
    database,
    sweep,
    and(
      eq(generations.status, 'requested'),
      isNotNull(generations.acceptedAt),
      isNull(generations.refusal),
      isNull(generations.batchId),
    ),
  );
}

/**
 * Generations that waited at one priority for longer than their tier's target. Oldest first.
 * @param after the last one of the page before
 */
export async function listOverdue(
  database: Database,
  {
    tier,
    waitedMs,
    limit,
    after,
  }: {
    readonly tier: Tier;
    readonly waitedMs: number;
    readonly limit: number;
    readonly after?: Cursor | undefined;
  },
): Promise<Generation[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(
        and(
          eq(generations.status, 'pending'),
          eq(generations.tier, tier),
          gt(generations.priority, FIRST_PRIORITY),
          lt(generations.priorityAt, sql`now() - ${waitedMs} * interval '1 millisecond'`),
          newerThan(generations.createdAt, generations.id, after),
        ),
      )
      .orderBy(asc(generations.createdAt), asc(generations.id))
      .limit(limit),
  );
  return rows.map(toGeneration);
}

/**
 * Notes that a generation's workflow runs although it should have ended long ago, and whether this was noted before.
 * @returns true if its row has not changed for `confirmMs` since that was noted first: then the workflow is stuck
 */
export async function markOverdue(
  database: Database,
  { id, confirmMs }: { readonly id: string; readonly confirmMs: number },
): Promise<boolean> {
  // The trigger sets updated_at to the same time, so a later one is progress, after which the time counts anew.
  await database.call(
    'generations.markOverdue',
    `UPDATE avatar_generations SET overdue_at = now()
     WHERE id = $1 AND status IN ('requested', 'pending', 'processing') AND (overdue_at IS NULL OR updated_at > overdue_at)`,
    [id],
  );
  const rows = await database.call(
    'generations.overdue',
    `SELECT FROM avatar_generations WHERE id = $1 AND status IN ('requested', 'pending', 'processing')
       AND updated_at <= overdue_at AND overdue_at <= now() - $2 * interval '1 millisecond'`,
    [id, confirmMs],
  );
  return rows.length === 1;
}

/** Another workflow was started, which has its own time. */
export async function clearOverdue(database: Database, id: string): Promise<void> {
  await database.call('generations.clearOverdue', 'UPDATE avatar_generations SET overdue_at = NULL WHERE id = $1', [
    id,
  ]);
}

/** Deletes generations whose request was never answered. @returns how many */
export async function deleteUnansweredGenerations(database: Database, { olderThanMs, limit }: Sweep): Promise<number> {
  const [row] = await database.call<{ deleted: number }>(
    'generations.deleteUnanswered',
    'SELECT delete_unanswered_generations($1, $2)::int AS deleted',
    [olderThanMs, limit],
  );
  return row?.deleted ?? 0;
}

async function sweepRows(
  database: Database,
  { olderThanMs, limit, after }: Sweep,
  wanted: ReturnType<typeof and>,
): Promise<Generation[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(
        and(
          wanted,
          lt(generations.updatedAt, sql`now() - ${olderThanMs} * interval '1 millisecond'`),
          newerThan(generations.createdAt, generations.id, after),
        ),
      )
      .orderBy(asc(generations.createdAt), asc(generations.id))
      .limit(limit),
  );
  return rows.map(toGeneration);
}
