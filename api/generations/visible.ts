import type { Database } from '#drizzle/connection/database.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { notFound } from '../problem.ts';
import type { Caller } from '../request-context.ts';

/**
 * True when a request shows: it was admitted, or its owner was told 202. One that was refused at the door, or is still being asked for,
 * is nobody's business yet.
 */
export function isShown({ status, acceptedAt }: Pick<Generation, 'status' | 'acceptedAt'>): boolean {
  return status !== 'requested' || acceptedAt !== null;
}

/**
 * The caller's generation.
 * @param anybodys an admin may see everybody's here
 * @throws ApiProblem not_found
 */
export async function visibleGeneration(
  database: Database,
  caller: Caller,
  id: string,
  { anybodys = false }: { readonly anybodys?: boolean } = {},
): Promise<Generation> {
  const row = await readGeneration(database, id);
  const mine = row?.accountId === caller.accountId || (anybodys && caller.role === 'admin');
  if (!row || !mine || !isShown(row)) throw notFound();
  return row;
}
