import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { FIRST_PRIORITY, type Tier } from '#domain/generation/tier.ts';
import { UNFINISHED_STATUSES } from '#domain/generation/generation.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { type Generation, toGeneration } from './generation-row.ts';

export interface Sweep {
  /** Only rows that have not changed for this long, ms. */
  readonly olderThanMs: number;
  readonly limit: number;
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

/** Generations that waited at one priority for longer than their tier's target. Oldest first. */
export async function listOverdue(
  database: Database,
  { tier, waitedMs, limit }: { readonly tier: Tier; readonly waitedMs: number; readonly limit: number },
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
        ),
      )
      .orderBy(asc(generations.createdAt))
      .limit(limit),
  );
  return rows.map(toGeneration);
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
  { olderThanMs, limit }: Sweep,
  wanted: ReturnType<typeof and>,
): Promise<Generation[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(and(wanted, lt(generations.updatedAt, sql`now() - ${olderThanMs} * interval '1 millisecond'`)))
      .orderBy(asc(generations.createdAt), asc(generations.id))
      .limit(limit),
  );
  return rows.map(toGeneration);
}
