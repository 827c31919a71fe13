import type { Database } from '#drizzle/connection/database.ts';
import { type Batch, listMembers, readBatch as readRow } from '#drizzle/queries/generations/batches.ts';
import type { PresentGenerations } from '../generations/present.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { presentBatch } from './present.ts';

export interface BatchDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
}

export function readBatch({ database, present }: BatchDeps): Handler<'readBatch'> {
  return async ({ params, caller }) => {
    const row = await visibleBatch(database, caller, params.id);
    return { status: 200, body: await presentBatch(present, row, await listMembers(database, row.id)) };
  };
}

/**
 * The caller's batch, once it was admitted or answered with 202.
 * @throws ApiProblem not_found
 */
export async function visibleBatch(database: Database, { accountId }: Caller, id: string): Promise<Batch> {
  const row = await readRow(database, id);
  const isVisible = row && (row.admittedAt !== null || row.acceptedAt !== null);
  if (!isVisible || row.accountId !== accountId) throw notFound();
  return row;
}
